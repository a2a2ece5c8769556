// Every target that models are exported to, by the name that the command line gives it.
import { BRIAN2 } from "./brian2/brian2.ts";
import type { Target } from "./target.ts";

/** In the order in which messages and the reference list them. */
export const TARGETS = { brian2: BRIAN2 } as const satisfies Readonly<Record<string, Target>>;

export type TargetName = keyof typeof TARGETS;

export function targetOf(name: TargetName): Target {
  return TARGETS[name];
}

export function isTarget(name: string): name is TargetName {
  return Object.hasOwn(TARGETS, name);
}
