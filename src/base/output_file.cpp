#include "base/output_file.h"

#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace marquetry {

namespace fs = std::filesystem;

OutputFile::OutputFile(const fs::path& path) : path_{path} {
  std::error_code error;
  is_device_ = fs::is_other(path, error);
  target_ = is_device_ ? path : fs::weakly_canonical(path, error);
  if (target_.empty()) target_ = path;
  part_ = target_;
  if (!is_device_) part_ += ".part" + std::to_string(getpid());
  out_.open(part_, std::ios::binary | std::ios::trunc);
  if (!out_) failure_ = errno;
}

OutputFile::~OutputFile() {
  if (is_done_ || is_device_) return;
  out_.close();
  std::error_code error;
  fs::remove(part_, error);
}

void OutputFile::write(std::string_view bytes) {
  if (failure_ != 0) return;
  out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out_) failure_ = errno;
}

bool OutputFile::finish(Diagnostics& diagnostics) {
  const SourceSpot spot{.file = path_.generic_string()};
  if (failure_ == 0) {
    out_.flush();
    if (!out_) failure_ = errno;
  }
  if (failure_ != 0) {
    diagnostics.error(spot, "cannot be written: " + std::generic_category().message(failure_));
    return false;
  }
  out_.close();
  is_done_ = true;
  if (is_device_) return true;
  std::error_code error;
  fs::rename(part_, target_, error);
  if (!error) return true;
  diagnostics.error(spot, "cannot be written: " + error.message());
  fs::remove(part_, error);
  return false;
}

}  // namespace marquetry
