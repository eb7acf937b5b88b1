#pragma once
#include <string_view>

#include "harness/model/function_list.h"
#include "harness/openapi/description.h"

namespace plugvet::openapi {

/// Writes the operations as the TypeScript-like declarations that chat platforms give to the model (seen in the
/// prompts of
/// ChatGPT plugins and GPT Actions): comments from the descriptions, types from the schemas. What answers look like is
/// not
/// shown to the model. `name` and `about`: of the manifest, its name and description for the model; where they are
/// empty, the
/// title and description of the document. Very large schemas are cut to `any`.
FunctionList function_list(const Description& description, std::string_view name, std::string_view about);

}  // namespace plugvet::openapi
