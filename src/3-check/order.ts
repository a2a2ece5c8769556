// In which order quantities are computed: what a value is made of comes first. Iterative, so that a long chain of lets is no deep recursion.
import { append } from "../base/lists.ts";
import { assertNever } from "../base/invariant.ts";
import type { ResolvedExpr, ResolvedLocal, ResolvedTables } from "../2-resolve/resolved.ts";

export interface Order {
  readonly sequence: readonly string[];
  /** Each circle once, from its first name in the given order. */
  readonly cycles: readonly (readonly string[])[];
}

/** Names as given, each after those it depends on. */
export function inOrder(names: Iterable<string>, dependencies: (name: string) => readonly string[]): Order {
  const sequence: string[] = [];
  const cycles: string[][] = [];
  const rank = new Map<string, number>();
  const state = new Map<string, "open" | "done">();
  for (const name of names) rank.set(name, rank.size);
  for (const root of rank.keys()) {
    if (state.has(root)) continue;
    const path: { readonly name: string; readonly needs: readonly string[]; next: number }[] = [];
    const enter = (name: string): void => {
      state.set(name, "open");
      path.push({ name, needs: dependencies(name).filter((n) => rank.has(n)), next: 0 });
    };
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const need = top.needs[top.next++];
      if (need === undefined) {
        state.set(top.name, "done");
        sequence.push(top.name);
        path.pop();
      } else if (state.get(need) === "open") {
        const round = path.slice(path.findIndex((p) => p.name === need)).map((p) => p.name);
        const start = round.reduce(
          (first, n, i) => ((rank.get(n) ?? 0) < (rank.get(round[first] ?? "") ?? 0) ? i : first),
          0,
        );
        cycles.push([...round.slice(start), ...round.slice(0, start)]);
      } else if (!state.has(need)) {
        enter(need);
      }
    }
  }
  return { sequence, cycles };
}

export interface Mentions {
  readonly quantities: ReadonlySet<string>;
  readonly setup: ReadonlySet<string>;
  readonly constants: ReadonlySet<string>;
  /** Of the neurons at the ends of a connection: `pre.V`. */
  readonly ends: ReadonlySet<string>;
  /** Of the event in whose braces it stands. */
  readonly locals: ReadonlySet<ResolvedLocal>;
  readonly hasTime: boolean;
  /** Something in it was not understood, which has been told. */
  readonly hasHole: boolean;
}

/** What an expression reads, the bodies of the functions that it calls included. */
export function mentionsOf(expr: ResolvedExpr | null, tables: ResolvedTables): Mentions {
  const found = {
    quantities: new Set<string>(),
    setup: new Set<string>(),
    constants: new Set<string>(),
    ends: new Set<string>(),
    locals: new Set<ResolvedLocal>(),
    hasTime: false,
    hasHole: false,
  };
  const functions = new Set<string>();
  const stack = expr === null ? [] : [expr];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    switch (next.kind) {
      case "quantity":
        found.quantities.add(next.name);
        append(stack, next.indices);
        break;
      case "end":
        found.ends.add(`${next.end}.${next.name}`);
        append(stack, next.indices);
        break;
      case "setup":
        found.setup.add(next.name);
        break;
      case "constant":
        found.constants.add(next.key);
        break;
      case "array":
        append(stack, next.elements);
        break;
      case "negate":
      case "not":
        stack.push(next.operand);
        break;
      case "past":
        stack.push(next.of, next.delay);
        break;
      case "binary":
      case "comparison":
      case "logical":
        stack.push(next.left, next.right);
        break;
      case "conditional":
        stack.push(next.condition, next.then, next.otherwise);
        break;
      case "call": {
        for (const a of next.arguments) stack.push(a.value, ...(a.label?.time == null ? [] : [a.label.time]));
        const declared = next.callee.kind === "function" ? tables.functions.get(next.callee.key) : undefined;
        if (next.callee.kind === "function" && declared !== undefined && !functions.has(next.callee.key)) {
          functions.add(next.callee.key);
          stack.push(declared.body);
        }
        break;
      }
      case "local":
        if (!found.locals.has(next.local)) stack.push(next.local.value);
        found.locals.add(next.local);
        break;
      case "number":
      case "string":
      case "index":
      case "parameter":
      case "step":
      case "neuron":
      case "target":
      case "pi":
      case "noise":
        break;
      case "time":
        found.hasTime = true;
        break;
      case "missing":
        found.hasHole = true;
        break;
      default:
        assertNever(next);
    }
  }
  return found;
}
