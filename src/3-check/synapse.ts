// A synapse checked by itself, and between the two neurons of every pair that a connection puts it between.
import type { Span } from "../base/source.ts";
import { missingAtEnd } from "../diagnostics/network.ts";
import { tellingNamesOnce } from "../diagnostics/once.ts";
import type { ResolvedModel } from "../2-resolve/resolved.ts";
import type { CheckedAssignment, CheckedNeuron, CheckedSynapse, End } from "./checked.ts";
import { contextOf, NO_ENDS, PLACES, SILENT } from "./context.ts";
import type { Context, Ends, Library, ModelTable, Place, Say } from "./context.ts";
import { parentsFirst } from "../base/parents.ts";
import { knowIndices } from "./indices.ts";
import { checkFunctions } from "./neuron.ts";
import type { CheckedModel } from "./neuron.ts";
import { knowQuantities } from "./quantities.ts";
import type { Quantities } from "./quantities.ts";
import { checkBlock, checkContributions, checkEquations } from "./statements.ts";

/** A synapse with the neurons at its ends, as far as these are known. */
export interface CheckedPair {
  readonly synapse: CheckedSynapse;
  readonly table: ModelTable;
  readonly ends: Ends;
  /** Null where the synapse stands by itself. */
  readonly neurons: Readonly<Record<End, CheckedNeuron | null>>;
  readonly resolved: ResolvedModel;
}

/** What is known of synapses that others extend, between the same neurons. */
export type KnownParents = Map<ResolvedModel, Quantities>;

/** `ends` is null where the synapse stands by itself: what depends on its neurons is then left alone. */
export function checkSynapse(
  resolved: ResolvedModel,
  ends: Ends | null,
  parents: KnownParents,
  library: Library,
  say: Say,
): CheckedPair {
  const known = (model: ResolvedModel, sayOf: Say): Quantities => {
    const base = { say: sayOf, tables: model, library, ...(ends === null ? {} : { ends }) };
    const parent = model.parent === null ? null : (parents.get(model.parent) ?? null);
    return knowQuantities(model, knowIndices(model, sayOf), base, parent);
  };
  if (resolved.parent !== null)
    parentsFirst(
      resolved.parent,
      (m) => m.parent,
      parents,
      (m) => known(m, SILENT),
    );
  const base = { say, tables: resolved, library, ...(ends === null ? {} : { ends }) };
  const { table } = known(resolved, say);
  const inPlace = (place: Place): Context => contextOf({ ...base, place, model: table, setup: new Map() });
  checkFunctions(resolved, inPlace(PLACES.function));
  const arrival = (end: End): CheckedAssignment[] =>
    resolved.arrivals.filter((a) => a.end === end).flatMap((a) => checkBlock(a, PLACES.arrival, inPlace));
  const synapse: CheckedSynapse = {
    name: resolved.name,
    doc: resolved.doc,
    origin: resolved.origin,
    lineage: resolved.lineage,
    quantities: [...table.quantities.values()].map((k) => k.quantity),
    equations: checkEquations(resolved.equations, PLACES.synapseEquation, inPlace),
    contributions: checkContributions(resolved.contributions, PLACES.synapseContribution, inPlace),
    onPre: arrival("pre"),
    onPost: arrival("post"),
  };
  return { synapse, table, ends: ends ?? NO_ENDS, neurons: { pre: null, post: null }, resolved };
}

/** What a connection puts a synapse between. */
export interface Between {
  readonly pre: CheckedModel;
  readonly post: CheckedModel;
  readonly sources: { readonly pre: boolean; readonly post: boolean };
  /** Where, and how it is called there: "where `exc` connects `E` to `I`". */
  readonly at: Span;
  readonly words: string;
}

/** Each pair of neuron models once, however many populations and networks they stand in. */
export type Pairs = (synapse: ResolvedModel, between: Between) => CheckedPair;

/** `ask` puts the rules to a pair when it is first met. */
export function checkingPairs(library: Library, say: Say, ask: (pair: CheckedPair, say: Say) => void): Pairs {
  const known = new Map<ResolvedModel, Map<CheckedModel, Map<CheckedModel, CheckedPair>>>();
  return (synapse, { pre, post, sources, at, words }) => {
    const byPre = known.get(synapse) ?? new Map<CheckedModel, Map<CheckedModel, CheckedPair>>();
    known.set(synapse, byPre);
    const byPost = byPre.get(pre) ?? new Map<CheckedModel, CheckedPair>();
    byPre.set(pre, byPost);
    const done = byPost.get(post);
    if (done !== undefined) return done;
    // What is wrong without the neurons, too, has been told of the synapse by itself, and counts once.
    const names = tellingNamesOnce([missingAtEnd.code], (d) =>
      say({ ...d, secondary: [...d.secondary, { span: at, text: words }] }),
    );
    const here: Say = names.say;
    const end = (model: CheckedModel, isSource: boolean): Ends[End] => ({
      table: model.table,
      isSource,
      damaged: model.resolved.damaged,
    });
    const ends = { pre: end(pre, sources.pre), post: end(post, sources.post) };
    const neurons = { pre: pre.neuron, post: post.neuron };
    const pair = { ...checkSynapse(synapse, ends, new Map(), library, here), neurons };
    byPost.set(post, pair);
    ask(pair, here);
    names.tell();
    return pair;
  };
}
