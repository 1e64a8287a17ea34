// The rules one by one, for check().
#pragma once

#include "assembly/check.h"
#include "assembly/places.h"

namespace marquetry::assembly {

// Collects the faults of one rule.
class Faults {
 public:
  Faults(Rule rule, std::vector<Fault>& all) : rule_{rule}, all_{all} {}
  Faults(const Faults&) = delete;
  Faults& operator=(const Faults&) = delete;
  ~Faults();
  // `message` and `hint` are made only where they are shown.
  template <class Message>
  void add(const Message& message, std::string_view hint) {
    if (++found_ <= shown) all_.push_back({rule_, message(), std::string{hint}});
  }

 private:
  static constexpr std::size_t shown = 20;
  Rule rule_;
  std::vector<Fault>& all_;
  std::size_t found_{};
};

// Which of a set hang together.
class Groups {
 public:
  explicit Groups(std::size_t size);
  std::size_t of(std::size_t member);
  void join(std::size_t a, std::size_t b);

 private:
  std::vector<std::size_t> parent_{};
};

void check_references(const Assembly& assembly, std::vector<Fault>& out);
void check_names(const Assembly& assembly, std::vector<Fault>& out);
void check_overlap(const Assembly& assembly, std::vector<Fault>& out);
void check_connections(const Assembly& assembly, std::vector<Fault>& out);  // facing, gap, floating
void check_regions(const Assembly& assembly, std::vector<Fault>& out);      // bump_in_region, region_used
void check_nets(const Assembly& assembly, std::vector<Fault>& out);         // bump_nets, net_connected

// "5 um (10000 units)".
std::string length_text(Units units, int precision);

}  // namespace marquetry::assembly
