// Library rows as parameter sets of the models' number type.
#pragma once

#include "library/library.h"
#include "system/parameters.h"

namespace marquetry {

// The region's grid feeds the fab.
template <Number Real>
NodeParameters<Real> parameters(const ProcessNode& node, const Region& region, const Lifting<Real>& lifting);
template <Number Real>
CurveParameters<Real> curve_of(const ProcessNode& node, const Lifting<Real>& lifting);
template <Number Real>
PackagingParameters<Real> parameters(const Packaging& packaging, const Lifting<Real>& lifting);
template <Number Real>
LinkParameters<Real> parameters(const Link& link, const Lifting<Real>& lifting);
template <Number Real>
MemoryParameters<Real> parameters(const Memory& memory, const Library& library, const Lifting<Real>& lifting);
// The area measured on that node, if there is one, replaces the module's contents.
template <Number Real>
ModuleParameters<Real> parameters(const Module& module, const ProcessNode& node,
                                  const Lifting<Real>& lifting);
template <Number Real>
CoolingParameters<Real> parameters(const Cooling& cooling, const Lifting<Real>& lifting);
template <Number Real>
TestParameters<Real> parameters(const TestFlow& test, const Lifting<Real>& lifting);
template <Number Real>
EfficiencyParameters<Real> parameters(const Efficiency& efficiency, const Lifting<Real>& lifting);
template <Number Real>
AssumptionParameters<Real> parameters(const Assumptions& assumptions, const Lifting<Real>& lifting);
template <Number Real>
WorkloadParameters<Real> parameters(const WorkloadModel& model, const Lifting<Real>& lifting);

}  // namespace marquetry
