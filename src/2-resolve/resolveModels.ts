// Each model resolved by itself; a child that only adds to its parent takes over what that is.
import { present } from "../base/invariant.ts";
import { parentsFirst } from "../base/parents.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { FlatModel, ModelNode } from "./flatten.ts";
import type { Report } from "./report.ts";
import { tellHiddenIn } from "./hiding.ts";
import type { KnownModel } from "./stage.ts";
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

/** What is wrong with a model is told of it, and of what it hands down not again: parents come first, wherever they are declared. */
export function resolveModels(
  flats: ReadonlyMap<ModelNode, FlatModel>,
  endsOf: (node: ModelNode) => readonly FlatModel[],
  report: Report,
): Map<ModelNode, KnownModel> {
  const outcomes = new Map<FlatModel, Outcome>();
  const all = new Set(flats.values());
  const parentOf = ({ parent }: FlatModel): FlatModel | null => (parent !== null && all.has(parent) ? parent : null);
  const resolve = (flat: FlatModel): Outcome => {
    tellHiddenIn(flat, report);
    const outcome = outcomeOf(flat, endsOf(flat.node), outcomes.get(parentOf(flat) ?? flat) ?? null);
    for (const d of outcome.said) report(d);
    return outcome;
  };
  const known = new Map<ModelNode, KnownModel>();
  for (const [node, flat] of flats) {
    parentsFirst(flat, parentOf, outcomes, resolve);
    known.set(node, { flat, resolved: present(outcomes.get(flat), node.name.name).model });
  }
  return known;
}

function outcomeOf(flat: FlatModel, ends: readonly FlatModel[], parent: Outcome | null): Outcome {
  if (parent !== null && flat.added !== null && namesIn(flat.added).every((name) => !parent.asked.has(name))) {
    const short = resolved(flat, ends, parent, true);
    if (parent.isQuiet || !short.said.some((d) => NAMES_TOLD_ONCE.includes(d.code))) return short;
  }
  return resolved(flat, ends, parent, false);
}

function resolved(flat: FlatModel, ends: readonly FlatModel[], parent: Outcome | null, shares: boolean): Outcome {
  const said: Diagnostic[] = [];
  const asked = new Set(shares ? parent?.asked : []);
  const model = resolveModel(flat, (d) => void said.push(d), ends, parent?.model ?? null, shares, asked);
  return { model, asked, said, isQuiet: said.length === 0 && (!shares || parent?.isQuiet !== false) };
}

function namesIn({ quantities, indices, functions, noises }: FlatModel): string[] {
  return [quantities, indices, functions, noises].flatMap((all) => [...all.keys()]);
}
