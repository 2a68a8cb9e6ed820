// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The table of verbs.

#include "apps/ingot/verbs.h"

namespace ingot::cli {

std::span<const Verb> verbs() {
    using enum Option;
    static const Verb kVerbs[] = {
        {"inspect", "What is in this model?", {kModel}, {kInputShape, kFormat}, inspect},
        {"check",
         "Does this model fit this board, and if not, why?",
         {kModel, kBoard},
         {kInputShape, kFormat, kRounding, kNoPasses, kWithoutPass},
         check},
        {"compile",
         "Write a model as C for a board",
         {kModel, kBoard, kOut},
         {kName, kRounding, kNoPasses, kWithoutPass, kFirmware, kCache},
         compile},
        {"run",
         "Run a model, bit-exactly as its generated C does",
         {kModel, kOut},
         {kInput, kOn, kLayers, kRounding, kNoPasses, kWithoutPass, kCache},
         run},
        {"simulate",
         "What does a model, or any program, cost on a board?",
         {kBoard},
         {kModel, kElf, kProject, kLayersFolder, kInput, kReport, kReportFormat, kBackground,
          kNoTraffic, kLimit, kRounding, kNoPasses, kWithoutPass, kCache},
         simulate},
        {"bench",
         "How many instructions does each layer take on a core, and how many do others need?",
         {kModel, kBoard},
         {kBar, kInput, kFormat, kRounding, kNoPasses, kWithoutPass, kCache},
         bench},
        {"boards",
         "Which boards are known, and where their numbers come from",
         {},
         {kBoardToShow, kFormat},
         boards},
        {"ops", "Which operators are known", {}, {kFormat}, ops},
        {"doctor", "Which tools are here, and what installs the rest", {}, {kFormat}, doctor},
        {"explain",
         "What a diagnostic means; all of them without CODE",
         {},
         {kCode, kFormat},
         explain},
        {"demo",
         "Compile and run every model at hand, and print one table",
         {},
         {kOut, kFormat, kCache},
         demo},
        {"version", "The version of this program", {}, {}, version},
    };
    return kVerbs;
}

}  // namespace ingot::cli
