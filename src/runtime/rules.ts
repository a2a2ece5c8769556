// Every connection rule there is: the language, the planner, the emitter and the builder of connections go by this table, the reference is held against it.
import { ALL, makingAll } from "./rules/all.ts";
import { FILE, makingPairs } from "./rules/file.ts";
import { INDEGREE, makingIndegree } from "./rules/indegree.ts";
import { makingOneToOne, ONE_TO_ONE } from "./rules/oneToOne.ts";
import { makingOutdegree, OUTDEGREE } from "./rules/outdegree.ts";
import { makingRandom, RANDOM } from "./rules/random.ts";
import type { RuleDeclaration, RuleMaking } from "./rules/rule.ts";
import { makingTotal, TOTAL } from "./rules/total.ts";

/** What the language says of each, in the order in which messages list them. */
export const RULES = {
  all: ALL,
  one_to_one: ONE_TO_ONE,
  random: RANDOM,
  indegree: INDEGREE,
  outdegree: OUTDEGREE,
  total: TOTAL,
  file: FILE,
} as const satisfies Readonly<Record<string, RuleDeclaration>>;

export type RuleName = keyof typeof RULES;

/** A rule as the runtime is asked for it: a file is read by then, to `pairs`. */
export type MadeRule = Exclude<RuleName, "file"> | "pairs";

export const MAKINGS: Readonly<Record<MadeRule, RuleMaking>> = {
  all: makingAll,
  one_to_one: makingOneToOne,
  random: makingRandom,
  indegree: makingIndegree,
  outdegree: makingOutdegree,
  total: makingTotal,
  pairs: makingPairs,
};

export function ruleOf(name: RuleName): RuleDeclaration {
  return RULES[name];
}

export function isRule(name: string): name is RuleName {
  return Object.hasOwn(RULES, name);
}

/** It stands without parentheses, so that its name alone tells it. */
export function isBareRule(name: string): boolean {
  return isRule(name) && ruleOf(name).arguments.length === 0;
}

/** As messages show how it is written: `indegree(n: 10)`. */
export function ruleUsage(name: RuleName): string {
  const taken = ruleOf(name).arguments;
  const written = taken.map((a) => (a.is === "path" ? a.example : `${a.name}: ${a.example}`));
  return taken.length === 0 ? name : `${name}(${written.join(", ")})`;
}

/** A rule with what it is given, as people read it. */
export function ruleCall<E>(
  name: RuleName,
  given: readonly { readonly name: string; readonly value: E }[],
  text: (value: E) => string,
): string {
  return given.length === 0 ? name : `${name}(${given.map((a) => `${a.name}: ${text(a.value)}`).join(", ")})`;
}

type Argument = (typeof RULES)[RuleName]["arguments"][number];

/** Values of arguments by their names: what may differ between pairs may be a function of them. */
export type RuleArguments = {
  readonly [A in Exclude<Argument, { readonly is: "path" }> as A["name"]]?: A["is"] extends "probability"
    ? number | ((i: number, j: number) => number)
    : number;
};
