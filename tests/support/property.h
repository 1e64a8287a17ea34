// A property over random draws, as a check of Catch2: the same draws each time, silent when it holds.
#pragma once

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <sstream>

namespace marquetry::test {

struct SilentListener : rc::detail::TestListener {
  void onTestCaseFinished(const rc::detail::CaseDescription&) override {}
  void onShrinkTried(const rc::detail::CaseDescription&, bool) override {}
  void onTestFinished(const rc::detail::TestMetadata&, const rc::detail::TestResult&) override {}
};

template <class F>
void check_property(F&& property) {
  SilentListener listener;
  rc::detail::TestParams params;
  params.seed = 20'260'101;
  params.maxSuccess = 300;
  const auto result =
      rc::detail::checkTestable(std::forward<F>(property), rc::detail::TestMetadata{}, params, listener,
                                std::unordered_map<std::string, rc::detail::Reproduce>{});
  std::ostringstream message;
  rc::detail::printResultMessage(result, message);
  INFO(message.str());
  CHECK(result.template is<rc::detail::SuccessResult>());
}

}  // namespace marquetry::test
