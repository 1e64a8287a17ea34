// Small symmetric positive matrices, row by row in one array.
#pragma once

#include <cstddef>
#include <vector>

namespace marquetry::conduction {

// By Cholesky's factors; empty where the matrix is not positive definite.
std::vector<double> dense_inverse(std::vector<double> matrix, std::size_t n);

}  // namespace marquetry::conduction
