// The names that belong to the language: they mean the same everywhere and cannot be declared anew.
import { FUNCTION_NAMES } from "../algebra/expression.ts";
import type { FunctionName } from "../algebra/expression.ts";
import { DISTRIBUTIONS, type DistributionName } from "../runtime/distributions.ts";
import { SHAPES, type ShapeName } from "../stimuli/shapes.ts";

export const ELEMENTARY_FUNCTIONS: ReadonlySet<string> = new Set(FUNCTION_NAMES);
/** Written out in terms of others. */
const WRITTEN_OUT: ReadonlySet<string> = new Set(["sum", "mod"]);

/** Functions of the time: shapes with named parts, values by their times, a file. */
export type StimulusName = ShapeName | "steps" | "file";
export function stimuli(): readonly StimulusName[] {
  return [...(Object.keys(SHAPES) as ShapeName[]), "steps", "file"];
}

/** Values with a fixed meaning, and what each is, for messages. */
export const BUILTIN_VALUES: ReadonlyMap<string, string> = new Map([
  ["t", "the time"],
  ["dt", "the time step"],
  ["ξ", "white noise"],
  ["xi", "white noise"],
  ["π", "the circle's number"],
  ["pi", "the circle's number"],
]);

/** What a built-in name is, or null for a free one. Names of stimuli are free except for functions: a call is the only place where they mean something. */
export function builtinMeaning(name: string, declares: "quantity" | "function"): string | null {
  const value = BUILTIN_VALUES.get(name);
  if (value !== undefined) return value;
  if (ELEMENTARY_FUNCTIONS.has(name) || WRITTEN_OUT.has(name)) return "a function";
  if (declares === "function" && isStimulus(name)) return "a stimulus";
  if (declares === "function" && isDraw(name)) return "a random draw";
  return null;
}

export function isElementary(name: string): name is FunctionName {
  return ELEMENTARY_FUNCTIONS.has(name);
}

export function isStimulus(name: string): name is StimulusName {
  return (stimuli() as readonly string[]).includes(name);
}

export function isDraw(name: string): name is DistributionName {
  return Object.hasOwn(DISTRIBUTIONS, name);
}
