// A step as glif takes it, for Brian2 to take: statements made of the same scheme that glif's kernels are printed from.
import { arithmetic as make, call, number, type Expr } from "../../algebra/expression.ts";
import { partsOf, symbolsOf } from "../../algebra/traverse.ts";
import { present } from "../../base/invariant.ts";
import { drives, influences, schemeOf, shaken } from "../../4-plan/scheme.ts";
import type { ExactGroup, UpdateGroup } from "../../4-plan/plan.ts";
import { nextSymbol, symbolOf, STEP, writtenSymbol } from "../../4-plan/symbols.ts";
import { noiseFactor, propagator } from "../../runtime/linear.ts";
import { canonicalUnit } from "../../quantities/unit.ts";
import { parseUnit } from "../../quantities/unit.ts";
import type { Dimension } from "../../quantities/dimension.ts";
import { isShared } from "../exported.ts";
import { asWritten, writtenNumber, type Written } from "./expressions.ts";
import { groupsOf, sumName, type Neuron } from "./neuron.ts";
import { couplingsAt } from "./elements.ts";
import { endsOf } from "./inputs.ts";
import { namesUnder } from "../names.ts";
import { RULES } from "./words.ts";
import { numberText, tensToSI } from "./units.ts";

/** The argument of a group, with the lines of a function that it names. */
export interface ChosenMethod {
  readonly text: string;
  readonly lines: readonly string[];
}

/** Null where it was refused. */
export function stepFunction(neuron: Neuron): ChosenMethod | null {
  const { object, script } = neuron;
  const lines = body(neuron);
  if (lines === null) return null;
  const name = script.objects.fresh(`step_of_${object}`);
  const how = groupsOf(neuron)
    .map(
      (g) =>
        `${g.states
          .filter((s) => neuron.keeps(s))
          .map(writtenSymbol)
          .join(", ")} by ${g.method}`,
    )
    .join(", then ");
  return {
    text: name,
    lines: [
      `def ${name}(equations, variables, options=None):`,
      `    """One step as glif takes it: ${how}. Numbers are in ms, mV, pF, pA, nS."""`,
      `    return """`,
      ...lines.map((line) => `    ${line}`),
      `    """`,
    ],
  };
}

/** The statements: values in glif's units, the next value of each state, and back. */
function body(neuron: Neuron): readonly string[] | null {
  const { population, names, script } = neuron;
  const { plan } = population;
  const local = namesUnder(RULES, (name) => names.taken.has(name));
  const read = new Map<string, string>();
  const inside: string[] = [];
  const failures: string[] = [];
  const symbol = (key: string): Written => {
    const known = read.get(key);
    if (known !== undefined) return asWritten(known);
    const made = symbolText(neuron, key);
    if (made === null) failures.push(writtenSymbol(key));
    else if ("text" in made) return asWritten(made.text);
    else {
      const name = local.fresh(`${made.variable}_n`);
      read.set(key, name);
      return asWritten(name);
    }
    return asWritten("0");
  };
  const put = (e: Expr): string => {
    for (const shared of sharedParts(e, (part) => partNames.has(part))) {
      const name = local.fresh("part");
      inside.push(`${name} = ${text(shared)}`);
      partNames.set(shared, name);
    }
    return text(e);
  };
  const partNames = new Map<Expr, string>();
  const text = (e: Expr): string => writtenNumber(e, symbol, script.needs, (part) => partNames.get(part) ?? null).text;

  const results = new Map<string, string>();
  const take = (groups: readonly UpdateGroup[], suffix: string): Map<string, string> => {
    const next = new Map<string, string>();
    for (const group of groups) {
      const scheme = group.method === "exact" ? exactLines(neuron, group) : schemeOf(group);
      if (scheme === null) {
        failures.push(group.states.join(", "));
        continue;
      }
      for (const { name, value } of scheme) {
        const meant = symbolOf(name);
        if ((meant.kind === "next" || meant.kind === "stage") && !neuron.keeps(meant.state)) continue;
        const label =
          meant.kind === "next"
            ? `${names.of(meant.state)}${suffix}`
            : meant.kind === "stage"
              ? `${meant.value}${meant.number}_${names.of(meant.state)}${suffix}`
              : "value";
        const written = put(value);
        const made = local.fresh(label);
        inside.push(`${made} = ${written}`);
        read.set(name, made);
        if (meant.kind === "next") next.set(meant.state, made);
      }
    }
    partNames.clear();
    return next;
  };
  const free = take(plan.groups, "_next");
  const kept = plan.heldGroups === null ? null : take(plan.heldGroups, "_held");
  for (const [state, next] of free) {
    const whileHeld = kept === null ? next : (kept.get(state) ?? null);
    const old = symbol(state).text;
    results.set(
      state,
      whileHeld === next ? next : `int(not_refractory)*${next} + int(not not_refractory)*${whileHeld ?? old}`,
    );
  }
  const [failed] = failures;
  if (failed !== undefined) {
    const [, noisy] = /^(.*)~[0-9]+$/.exec(failed) ?? [];
    // Sums over connections that move inside the step: told where they are made.
    if (failed.includes("~") && noisy === undefined) return null;
    script.tell.refuse(population.checked.origin, {
      what: `the steps of ${plan.name}`,
      because: `${noisy === undefined ? `\`${failed}\`` : `the noise of \`${noisy}\``} is not the same for all neurons, and their exact step would be another one for each`,
      help: ["leave out `--exact`: then one of Brian2's methods takes its place, which is told"],
    });
    return null;
  }
  const before = [...read].flatMap(([key, name]) => {
    const made = symbolText(neuron, key);
    return made !== null && "variable" in made ? [`${name} = ${scaled(made.variable, -made.tens)}`] : [];
  });
  const after = [...results].map(([state, value]) => {
    const tens = present(tensOf(dimensionOf(neuron, state)), state);
    return `${names.of(state)} = ${scaled(value.includes(" ") && tens !== 0 ? `(${value})` : value, tens)}`;
  });
  return [...before, ...inside, ...after];
}

function scaled(text: string, tens: number): string {
  return tens === 0 ? text : `${text}*${numberText(Number(`1e${tens}`))}`;
}

type SymbolText = { readonly text: string } | { readonly variable: string; readonly tens: number };

/** What a symbol of the plan is in the script: a number, or a variable with the power of ten that takes its canonical value to Brian2's. */
function symbolText(neuron: Neuron, key: string): SymbolText | null {
  const { population, names, script } = neuron;
  const symbol = symbolOf(key);
  switch (symbol.kind) {
    case "step":
    case "wholeStep":
      return { text: numberText(script.model.plan.step) };
    case "time":
      return { variable: "t", tens: -3 };
    case "setup":
      return { text: numberText(script.model.setup(symbol.name)) };
    case "normal":
    case "noise":
      return { text: "randn()" };
    case "neuron":
      return { text: "i" };
    case "input":
      return inputText(neuron, symbol.name);
    case "own": {
      const e = neuron.parameters.find((p) => p.name === symbol.name);
      if (e !== undefined && isShared(population, symbol.name))
        return { text: numberText(population.value({ kind: "symbol", name: symbol.name })) };
      const tens = tensOf(dimensionOf(neuron, symbol.name));
      return tens === null ? null : { variable: names.of(symbol.name), tens };
    }
    default:
      return null;
  }
}

/** What is given to an input from outside, or by connections in every step. */
function inputText(neuron: Neuron, input: string): SymbolText | null {
  const { population, names } = neuron;
  const external = neuron.external.get(input);
  const tens = tensOf(dimensionOf(neuron, input));
  if (external !== undefined && tens !== null) return { variable: external, tens };
  const planned = population.plan.inputs.find((i) => i.name === input);
  if (planned !== undefined && !planned.timed && !planned.perNeuron && neuron.inputs.some((e) => e.name === input))
    return {
      text: numberText(
        population.value(planned.stimulus, { own: (s) => (symbolOf(s).kind === "noise" ? 0 : undefined) }),
      ),
    };
  // `I_e~exc`: the sum of what a connection gives.
  const sums = endsOf(neuron).flatMap(([p, end]) =>
    couplingsAt(p, end).flatMap((c) =>
      p.plan.couplings.length === 1 && p.plan.couplings[0]?.input === input
        ? [{ name: sumName(names, p, end, c.target.quantity.name), tens: tensOf(c.target.quantity.dimension) }]
        : [],
    ),
  );
  const [only] = sums;
  return sums.length === 1 && only !== undefined && only.tens !== null
    ? { variable: only.name, tens: only.tens }
    : null;
}

function tensOf(dimension: Dimension | null): number | null {
  return dimension === null ? null : tensToSI(dimension);
}

/** Of a state, parameter or input; of a sum that came with a connection, too. */
function dimensionOf(neuron: Neuron, element: string): Dimension | null {
  const own = [...neuron.states, ...neuron.parameters, ...neuron.inputs].find((e) => e.name === element);
  if (own !== undefined) return own.q.dimension;
  const state = neuron.population.plan.states.find((s) => s.name === element);
  const unit = state === undefined ? null : parseUnit(state.unit);
  return unit !== null && "unit" in unit ? canonicalUnit(unit.unit.dimension).dimension : null;
}

/** An exact step with its coefficients as numbers; of a state by itself by a formula, which neurons may have their own parameters in. Null where neurons differ in one that is coupled. */
function exactLines(neuron: Neuron, group: ExactGroup): ReturnType<typeof schemeOf> | null {
  const { population } = neuron;
  const n = group.states.length;
  const coupled = influences(group).some((row, i) => row.some((path, j) => path && i !== j));
  const known = (e: Expr): boolean =>
    [...symbolsOf(e)].every((s) => s.startsWith("@") || s === STEP || isShared(population, s));
  const noisy = shaken(group);
  if (!coupled && noisy.length === 0)
    return group.equations.map((equation, i) => {
      const exponent = make("*", group.matrix[i]?.[i] ?? number(0), { kind: "symbol", name: STEP });
      const span = make("*", { kind: "symbol", name: STEP }, call("exprel", exponent));
      const value = make("+", { kind: "symbol", name: equation.state }, make("*", equation.drift, span));
      return { name: nextSymbol(equation.state), value, equation };
    });
  const entries = [
    ...group.matrix.flat(),
    ...group.constant,
    ...group.forcing.flatMap((f) => f.column),
    ...group.noise.flatMap((f) => f.column),
  ];
  if (!entries.every((e) => e === null || known(e))) return null;
  const numbers = (of: readonly (Expr | null)[]): Float64Array =>
    Float64Array.from(of, (e) => (e === null ? 0 : population.value(e)));
  const a = numbers(group.matrix.flat());
  const { step } = neuron.script.model.plan;
  const { Q, D } = propagator(a, n, step);
  const respond = (column: readonly (Expr | null)[], i: number): number =>
    numbers(column).reduce((sum, value, j) => sum + (Q[i * n + j] ?? 0) * value, 0);
  const m = group.noise.length;
  const L =
    m === 0
      ? null
      : noiseFactor(
          a,
          Float64Array.from(
            { length: n * m },
            (_, k) => numbers(group.noise[k % m]?.column ?? [])[Math.floor(k / m)] ?? 0,
          ),
          n,
          m,
          step,
        );
  return group.equations.map((equation, i) => {
    const terms: Expr[] = [{ kind: "symbol", name: equation.state }];
    group.states.forEach((state, j) => {
      if (influences(group)[i]?.[j]) terms.push(make("*", number(D[i * n + j] ?? 0), { kind: "symbol", name: state }));
    });
    for (const { value, column } of group.forcing)
      if (drives(group, i, column)) terms.push(make("*", number(respond(column, i)), value));
    if (drives(group, i, group.constant)) terms.push(number(respond(group.constant, i)));
    if (L !== null)
      for (let j = 0; j < n; j++)
        if ((L[i * n + j] ?? 0) !== 0)
          terms.push(make("*", number(L[i * n + j] ?? 0), { kind: "symbol", name: `#η:${group.states[j] ?? ""}` }));
    return { name: nextSymbol(equation.state), value: terms.reduce((x, y) => make("+", x, y)), equation };
  });
}

/** Parts that stand in several places, each after those that it is made of. */
function sharedParts(root: Expr, isKnown: (e: Expr) => boolean): readonly Expr[] {
  const counts = new Map<Expr, number>();
  const order: Expr[] = [];
  const visit = (e: Expr): void => {
    const seen = counts.get(e) ?? 0;
    counts.set(e, seen + 1);
    if (seen > 0 || isKnown(e)) return;
    for (const part of partsOf(e)) visit(part);
    order.push(e);
  };
  visit(root);
  return order.filter(
    (e) =>
      (counts.get(e) ?? 0) > 1 &&
      e !== root &&
      e.kind !== "number" &&
      e.kind !== "symbol" &&
      e.kind !== "compare" &&
      e.kind !== "logical" &&
      e.kind !== "not",
  );
}
