// Cosine transform of a plane of cells: the natural waves of a plate whose sides let nothing through.
#pragma once

#include <cstddef>
#include <memory>

namespace marquetry::conduction {

// Of any number of columns and rows. May be used by several threads at once, on different planes.
class CosineTransform {
 public:
  CosineTransform(std::size_t columns, std::size_t rows);
  ~CosineTransform();
  CosineTransform(CosineTransform&&) noexcept;
  CosineTransform& operator=(CosineTransform&&) noexcept;

  // In place. Wave (m, n) of column m and row n stands where cell (m, n) stood; there and back multiplies by
  // 4 x columns x rows.
  void forward(double* plane) const;
  void backward(double* plane) const;

 private:
  struct Plans;
  std::unique_ptr<Plans> plans_;
};

}  // namespace marquetry::conduction
