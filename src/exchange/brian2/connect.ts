// Who is connected with whom: by Brian2's own rules where it has them, by numpy where it can be drawn in a line, or exactly as glif has made it.
import { textOf } from "../../base/source.ts";
import type { RuleName } from "../../runtime/rules.ts";
import { UNBOUND } from "../../4-plan/lower.ts";
import type { MadeConnections } from "../exported.ts";
import type { Synapse } from "./synapse.ts";
import { quoted } from "./script.ts";

interface Ends {
  readonly source: { readonly first: number; readonly last: number; readonly size: number };
  readonly target: { readonly first: number; readonly last: number; readonly size: number };
}

export function connectLines(synapse: Synapse, made: MadeConnections | null): readonly string[] {
  const { object, script, p } = synapse;
  if (made !== null) {
    if (made.source.length === 0) return [`${object}.connect(False)  # nobody`];
    const kept = (name: string, values: Int32Array): string =>
      script.keep({ kind: "int32", name: `${object}.${name}`, shape: [values.length], values });
    return [`${object}.connect(i=${kept("i", made.source)}, j=${kept("j", made.target)})`];
  }
  const { rule } = p.plan;
  if (rule.kind === "file") {
    const listed = (name: string, values: readonly number[]): string =>
      script.keep({
        kind: "int32",
        name: `${object}.${name}`,
        shape: [values.length],
        values: Int32Array.from(values),
      });
    return [`${object}.connect(i=${listed("i", rule.sources)}, j=${listed("j", rule.targets)})`];
  }
  const ends = endsOf(synapse);
  const written = BY_RULE[rule.kind](synapse, ends, selfExcluded(synapse));
  return written === null ? [] : [`${object}.connect(${written})`];
}

function endsOf({ p, script }: Synapse): Ends {
  const of = ({ population, first, last }: typeof p.plan.source): Ends["source"] => {
    const size = script.model.plan.populations.find((q) => q.name === population)?.size ?? 0;
    return { first, last: last ?? size - 1, size };
  };
  return { source: of(p.plan.source), target: of(p.plan.target) };
}

function selfExcluded({ p }: Synapse): boolean {
  return p.plan.source.population === p.plan.target.population && !p.plan.rule.self;
}

/** Conditions on pairs: slices, no neuron with itself, \`where\`. */
function conditionOf(synapse: Synapse, { source, target }: Ends, noSelf: boolean): string | null {
  const { p, write } = synapse;
  const within = (name: string, { first, last, size }: Ends["source"]): string[] => [
    ...(first > 0 ? [`${name} >= ${first}`] : []),
    ...(last < size - 1 ? [`${name} <= ${last}`] : []),
  ];
  const where = p.checked.rule.where === null ? [] : [write({ value: p.checked.rule.where, bound: UNBOUND })];
  const all = [...within("i", source), ...within("j", target), ...(noSelf ? ["i != j"] : []), ...where];
  return all.length === 0
    ? null
    : all.map((c) => (all.length > 1 && / (?:and|or) /.test(c) ? `(${c})` : c)).join(" and ");
}

/** The arguments of \`connect\`; null where it was refused. */
const BY_RULE: Readonly<
  Record<Exclude<RuleName, "file">, (synapse: Synapse, ends: Ends, noSelf: boolean) => string | null>
> = {
  all(synapse, ends, noSelf) {
    const condition = conditionOf(synapse, ends, noSelf);
    return condition === null ? "" : `condition=${quoted(condition)}`;
  },
  random(synapse, ends, noSelf) {
    const condition = conditionOf(synapse, ends, noSelf);
    tellDrawn(synapse);
    const chance = synapse.p.checked.rule.kind === "file" ? undefined : synapse.p.checked.rule.arguments[0]?.value;
    const text = chance === undefined ? "1" : synapse.write({ value: chance, bound: UNBOUND });
    const p = /^[0-9.e+-]+$/.test(text) ? text : quoted(text);
    return [...(condition === null ? [] : [`condition=${quoted(condition)}`]), `p=${p}`].join(", ");
  },
  one_to_one(synapse, { source, target }) {
    if (refuseWhere(synapse)) return null;
    const isWhole =
      source.first === target.first &&
      source.first === 0 &&
      source.last === source.size - 1 &&
      target.last === target.size - 1;
    return isWhole
      ? `j="i"`
      : `i=arange(${source.first}, ${source.last + 1}), j=arange(${target.first}, ${target.last + 1})`;
  },
  indegree: (synapse, ends, noSelf) => eachWith(synapse, ends.target, ends.source, "j", "i", noSelf),
  outdegree: (synapse, ends, noSelf) => eachWith(synapse, ends.source, ends.target, "i", "j", noSelf),
  total(synapse, { source, target }, noSelf) {
    const n = countOf(synapse);
    if (refuseWhere(synapse)) return null;
    tellDrawn(synapse);
    if (!synapse.p.plan.rule.multiple || noSelf) {
      refuse(synapse, "pairs that are drawn without repetition, or without a neuron's own");
      return null;
    }
    return `i=np.random.randint(${source.first}, ${source.last + 1}, ${n}), j=np.random.randint(${target.first}, ${target.last + 1}, ${n})`;
  },
};

/** n partners for each neuron at one end, drawn from the other. */
function eachWith(
  synapse: Synapse,
  each: Ends["source"],
  from: Ends["source"],
  one: string,
  other: string,
  noSelf: boolean,
): string | null {
  const n = countOf(synapse);
  if (refuseWhere(synapse)) return null;
  tellDrawn(synapse);
  const neurons = `arange(${each.first}, ${each.last + 1})`;
  const { multiple } = synapse.p.plan.rule;
  const among = noSelf
    ? `np.delete(arange(${from.first}, ${from.last + 1}), k - ${from.first})`
    : `arange(${from.first}, ${from.last + 1})`;
  const partners =
    multiple && !noSelf
      ? `np.random.randint(${from.first}, ${from.last + 1}, ${n}*${each.last - each.first + 1})`
      : `concatenate([np.random.choice(${among}, ${n}, replace=${multiple ? "True" : "False"}) for k in ${neurons}])`;
  const repeated = `repeat(${neurons}, ${n})`;
  return one === "i" ? `${one}=${repeated}, ${other}=${partners}` : `${other}=${partners}, ${one}=${repeated}`;
}

function countOf({ p }: Synapse): number {
  const { rule } = p.plan;
  const [n] = rule.kind === "file" ? [] : rule.arguments;
  return n === undefined ? 0 : Math.round(p.value(n.value));
}

function tellDrawn({ p, script }: Synapse): void {
  script.tell.nearly(p.checked.rule.origin, {
    what: `which neurons \`${p.checked.connection}\` connects: drawn anew, by the same rule`,
  });
}

function refuseWhere(synapse: Synapse): boolean {
  const { where } = synapse.p.checked.rule;
  if (where === null) return false;
  refuse(synapse, `\`where ${textOf(where.origin)}\` behind a rule that draws or counts`);
  return true;
}

function refuse({ p, script }: Synapse, what: string): void {
  script.tell.refuse(p.checked.rule.origin, {
    what: `${what} (\`${p.checked.connection}\`)`,
    because: "Brian2 has no rule for it",
    help: ["`--exact` exports the connections that glif makes"],
  });
}
