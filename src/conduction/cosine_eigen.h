// The cosine transform by Eigen's Fourier transform (kissfft): as FFTW's, some times slower, under MPL-2.
#pragma once

#include <cstddef>
#include <memory>

namespace marquetry::conduction {

// As CosineTransform, whose stead it takes in a build without FFTW.
class EigenCosine {
 public:
  EigenCosine(std::size_t columns, std::size_t rows);
  ~EigenCosine();
  EigenCosine(const EigenCosine&) = delete;
  EigenCosine& operator=(const EigenCosine&) = delete;

  void forward(double* plane) const;
  void backward(double* plane) const;

 private:
  struct Waves;
  std::unique_ptr<Waves> along_columns_, along_rows_;
};

}  // namespace marquetry::conduction
