// Nelder and Mead, Computer J. 7(4), 1965: a minimum of a function of a few positive numbers without its
// slopes. Works on their logarithms; starts again from its answer until that no longer gets better. Same
// bytes each time.
#pragma once

#include <functional>
#include <vector>

namespace marquetry::test {

std::vector<double> minimum(const std::function<double(const std::vector<double>&)>& cost,
                            const std::vector<double>& start);

}  // namespace marquetry::test
