// Each model resolved by itself; a child that only adds to its parent takes over what that is.
import { present } from "../base/invariant.ts";
import { parentsFirst } from "../base/parents.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { FlatModel, ModelNode, Report } from "./flatten.ts";
import type { KnownModel } from "./resolveExperiment.ts";
import { NAMES_TOLD_ONCE, resolveModel } from "./resolveModel.ts";
import type { ResolvedModel } from "./resolved.ts";

interface Outcome {
  readonly model: ResolvedModel;
  /** Names that were looked up in it and in what it takes over. */
  readonly asked: ReadonlySet<string>;
  readonly said: readonly Diagnostic[];
  /** Nothing has been said of it, nor of what it takes over. */
  readonly isQuiet: boolean;
}

/** In the order in which they are given, and so is what is said of them. */
export function resolveModels(
  flats: ReadonlyMap<ModelNode, FlatModel>,
  endsOf: (node: ModelNode) => readonly FlatModel[],
  report: Report,
): Map<ModelNode, KnownModel> {
  const outcomes = new Map<FlatModel, Outcome>();
  const position = new Map([...flats.values()].map((flat, k) => [flat, k]));
  const resolve = (flat: FlatModel): Outcome => {
    const parent = flat.added === null ? undefined : outcomes.get(flat.added.to);
    // What is wrong with a parent is told of the first that has it.
    const isFirst = parent?.isQuiet === true || isBefore(flat.added?.to, flat, position);
    if (parent !== undefined && isFirst && addedNames(flat).every((name) => !parent.asked.has(name))) {
      const short = outcomeOf(flat, endsOf(flat.node), parent);
      if (parent.isQuiet || !short.said.some((d) => NAMES_TOLD_ONCE.includes(d.code))) return short;
    }
    return outcomeOf(flat, endsOf(flat.node), null);
  };
  const known = new Map<ModelNode, KnownModel>();
  for (const [node, flat] of flats) {
    parentsFirst(flat, (f) => (f.added === null || !position.has(f.added.to) ? null : f.added.to), outcomes, resolve);
    const { model, said } = present(outcomes.get(flat), node.name.name);
    for (const d of said) report(d);
    known.set(node, { flat, resolved: model });
  }
  return known;
}

function outcomeOf(flat: FlatModel, ends: readonly FlatModel[], parent: Outcome | null): Outcome {
  const said: Diagnostic[] = [];
  const asked = new Set(parent?.asked);
  const model = resolveModel(flat, (d) => void said.push(d), ends, parent?.model ?? null, asked);
  return { model, asked, said, isQuiet: said.length === 0 && parent?.isQuiet !== false };
}

function addedNames({ added }: FlatModel): string[] {
  if (added === null) return [];
  const { quantities, indices, functions, noises } = added.own;
  return [quantities, indices, functions, noises].flatMap((all) => [...all.keys()]);
}

function isBefore<T>(a: T | undefined, b: T, position: ReadonlyMap<T, number>): boolean {
  return a !== undefined && (position.get(a) ?? Infinity) < (position.get(b) ?? -Infinity);
}
