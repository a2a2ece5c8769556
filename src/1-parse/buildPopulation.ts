// Populations of neurons, and sources of spikes, which are populations that need no size.
import type { PopulationCstNode } from "../../grammar/cst.d.ts";
import { textOf } from "../base/source.ts";
import { expected } from "../diagnostics/syntax.ts";
import type { ExprNode, PopulationNode } from "./ast.ts";
import { buildArguments, buildExpression } from "./buildExpression.ts";
import type { Building } from "./building.ts";
import { endOf, first, identifier, spanAround } from "./building.ts";
import { buildSettings } from "./buildStatement.ts";

/** Functions that stand in sizes: what is called without a size before it is a source otherwise. */
const SIZE_FUNCTIONS: ReadonlySet<string> = new Set([
  "round",
  "floor",
  "ceil",
  "abs",
  "min",
  "max",
  "sqrt",
  "clamp",
  "exp",
  "log",
  "step",
  "sum",
]);

/** What is missing behind these is told by whoever knows what they take. */
const BARE_SOURCES: ReadonlySet<string> = new Set(["poisson", "spikes"]);

export function buildPopulation(building: Building, cst: PopulationCstNode, after: number): PopulationNode {
  const parts = cst.children;
  const [nameToken, modelToken] = parts.Name ?? [];
  const name = identifier(building, nameToken, endOf(first(parts.Population), after));
  const value = buildExpression(building, parts.expression?.[0], endOf(first(parts.Equals), name.span.end));
  const given =
    parts.arguments?.[0] === undefined ? null : buildArguments(building, parts.arguments[0], value.span.end);
  const bareSource =
    modelToken === undefined && value.kind === "reference" && BARE_SOURCES.has(textOf(value.span))
      ? value.path[0]
      : undefined;
  const isSource =
    modelToken === undefined &&
    value.kind === "call" &&
    !SIZE_FUNCTIONS.has(value.callee.name) &&
    isWholeCall(building, value);
  const size = isSource || bareSource !== undefined ? null : value;
  const model = isSource ? value.callee : (bareSource ?? identifier(building, modelToken, value.span.end));
  const values = isSource ? value.arguments : given;
  const settings = buildSettings(building, parts.assignments?.[0], Math.max(model.span.end, value.span.end));
  if (model.name === "" && cst.recoveredNode !== true && value.kind !== "missing") {
    building.reportStructural(
      expected(model.span, {
        expected: "the name of a neuron after the size of a population",
        found: "",
        help: ["write `population E = 800 LIF`"],
      }),
    );
  }
  const whole = spanAround(building, cst, after, [name, value, model, ...(values ?? []), ...settings]);
  return {
    kind: "population",
    name,
    size,
    model,
    arguments: values,
    settings,
    doc: building.docs.of(whole.start, whole.end),
    span: whole,
  };
}

/** Not in parentheses, which a source cannot stand in. */
function isWholeCall({ source }: Building, call: ExprNode & { readonly kind: "call" }): boolean {
  return source.text[call.span.start] !== "(";
}
