// What the symbols in a plan's expressions stand for: the one place that makes their keys and takes them apart.
import { digest } from "../algebra/fraction.ts";
import { assertNever } from "../base/invariant.ts";
import type { End } from "../3-check/checked.ts";

export type { End };

/**
 * A state, parameter, element or let of a model bears its own name (`V`, `k[1]`, `Na.m`; `exc.g` where it came to live at a neuron with a connection).
 * Every other symbol has a key that no name in a model can be.
 */
export type PlanSymbol =
  | { readonly kind: "own"; readonly name: string }
  /** The time at the start of the step; the step; the step where a part of it is integrated: `dt` as the modeller means it; the neuron's (source's) and the target's number. */
  | { readonly kind: "time" | "step" | "wholeStep" | "neuron" | "target" }
  /** What drives an input; white noise; a shape of a stimulus; a parameter of the network, the experiment or a connection. */
  | { readonly kind: "input" | "noise" | "shape" | "setup"; readonly name: string }
  /** A list with a value for each neuron, by its contents: no bit hangs on where it is written. */
  | { readonly kind: "listed"; readonly name: string }
  /** What an event draws, anew each time: by its block and its name there, `reset/Θ`. */
  | { readonly kind: "drawn"; readonly name: string }
  /** A symbol of the neuron at an end of a connection. */
  | { readonly kind: "end"; readonly end: End; readonly of: string }
  /** The same as it was a delay of the connection ago. */
  | { readonly kind: "ago"; readonly end: End; readonly of: string }
  /** What schemes introduce: a state after the step; a standard normal number, drawn for each neuron and step, by what it is for. */
  | { readonly kind: "next"; readonly state: string }
  | { readonly kind: "normal"; readonly purpose: string }
  /** Coefficients of an exact step, by row and column: P, P - 1, the response to a forcing, the response to what is constant, and L. */
  | {
      readonly kind: "coefficient";
      readonly matrix: "P" | "D" | "Q" | "c" | "L";
      readonly group: string;
      readonly row: string;
      readonly column: string | null;
    }
  /** A stage of Runge-Kutta: the slope k, the state x and the noise g there. */
  | {
      readonly kind: "stage";
      readonly value: "k" | "x" | "g";
      readonly number: number;
      readonly state: string;
      readonly group: string;
    };

export const TIME = "#t";
export const STEP = "#dt";
export const WHOLE_STEP = "#step";
export const NEURON = "#i";
export const TARGET = "#j";

export function keyOf(symbol: PlanSymbol): string {
  switch (symbol.kind) {
    case "own":
      return symbol.name;
    case "time":
      return TIME;
    case "step":
      return STEP;
    case "wholeStep":
      return WHOLE_STEP;
    case "neuron":
      return NEURON;
    case "target":
      return TARGET;
    case "input":
      return `#in:${symbol.name}`;
    case "noise":
      return `#ξ:${symbol.name}`;
    case "shape":
      return `#s:${symbol.name}`;
    case "listed":
      return `#list:${symbol.name}`;
    case "drawn":
      return `#~:${symbol.name}`;
    case "setup":
      return `@${symbol.name}`;
    case "end":
      return `#${symbol.end}:${symbol.of}`;
    case "ago":
      return `#${symbol.end} ago:${symbol.of}`;
    case "next":
      return `#next:${symbol.state}`;
    case "normal":
      return `#η:${symbol.purpose}`;
    case "coefficient":
      return `#${symbol.matrix}${symbol.group}:${symbol.row}${symbol.column === null ? "" : `|${symbol.column}`}`;
    case "stage":
      return `#${symbol.value}${symbol.number}:${symbol.state}:${symbol.group}`;
    default:
      return assertNever(symbol);
  }
}

const WITHOUT_NAME: ReadonlyMap<string, PlanSymbol> = new Map(
  (["time", "step", "wholeStep", "neuron", "target"] as const).map((kind) => [keyOf({ kind }), { kind }]),
);

/** The symbol of a key: the inverse of `keyOf`. */
export function symbolOf(key: string): PlanSymbol {
  if (key.startsWith("@")) return { kind: "setup", name: key.slice(1) };
  if (!key.startsWith("#")) return { kind: "own", name: key };
  const alone = WITHOUT_NAME.get(key);
  if (alone !== undefined) return alone;
  const colon = key.indexOf(":");
  const [word, rest] = [key.slice(1, colon), key.slice(colon + 1)];
  switch (word) {
    case "in":
      return { kind: "input", name: rest };
    case "ξ":
      return { kind: "noise", name: rest };
    case "s":
      return { kind: "shape", name: rest };
    case "list":
      return { kind: "listed", name: rest };
    case "~":
      return { kind: "drawn", name: rest };
    case "pre":
    case "post":
      return { kind: "end", end: word, of: rest };
    case "pre ago":
      return { kind: "ago", end: "pre", of: rest };
    case "post ago":
      return { kind: "ago", end: "post", of: rest };
    case "next":
      return { kind: "next", state: rest };
    case "η":
      return { kind: "normal", purpose: rest };
  }
  const [letter = "", group] = [word[0], word.slice(1)];
  if (letter === "k" || letter === "x" || letter === "g") {
    const last = rest.lastIndexOf(":");
    return {
      kind: "stage",
      value: letter,
      number: Number(group),
      state: rest.slice(0, last),
      group: rest.slice(last + 1),
    };
  }
  const bar = rest.indexOf("|");
  return {
    kind: "coefficient",
    matrix: letter as "P" | "D" | "Q" | "c" | "L",
    group,
    row: bar < 0 ? rest : rest.slice(0, bar),
    column: bar < 0 ? null : rest.slice(bar + 1),
  };
}

export const endSymbol = (end: End, of: string): string => keyOf({ kind: "end", end, of });
export const agoSymbol = (end: End, of: string): string => keyOf({ kind: "ago", end, of });
export const inputSymbol = (name: string): string => keyOf({ kind: "input", name });
export const noiseSymbol = (name: string): string => keyOf({ kind: "noise", name });
export const shapeSymbol = (name: string): string => keyOf({ kind: "shape", name });
/** By what it holds: equal lists are one, wherever they are written. -0 is another than 0. */
export const listSymbol = (values: readonly number[]): string =>
  keyOf({
    kind: "listed",
    name: `${values.length} ${digest(values.map((v) => (Object.is(v, -0) ? "-0" : String(v))).join())}`,
  });
export const drawnSymbol = (name: string): string => keyOf({ kind: "drawn", name });
export const setupSymbol = (name: string): string => keyOf({ kind: "setup", name });
export const nextSymbol = (state: string): string => keyOf({ kind: "next", state });
export const normalSymbol = (purpose: string): string => keyOf({ kind: "normal", purpose });
export const propagatorSymbol = (group: string, row: string): string =>
  keyOf({ kind: "coefficient", matrix: "P", group, row, column: null });
export const incrementSymbol = (group: string, row: string, column: string): string =>
  keyOf({ kind: "coefficient", matrix: "D", group, row, column });
export const forcingSymbol = (group: string, row: string, forcing: number): string =>
  keyOf({ kind: "coefficient", matrix: "Q", group, row, column: String(forcing) });
export const constantSymbol = (group: string, row: string): string =>
  keyOf({ kind: "coefficient", matrix: "c", group, row, column: null });
export const noiseFactorSymbol = (group: string, row: string, column: string): string =>
  keyOf({ kind: "coefficient", matrix: "L", group, row, column });

/** What each neuron of a population has by its number: the number itself, or a value from a list. */
export const isOfNeuron = (key: string): boolean => key === NEURON || symbolOf(key).kind === "listed";

export const isSetup = (key: string): boolean => symbolOf(key).kind === "setup";

/** The neuron's symbol that a connection reads or writes at an end; null where it is something else. */
export function atEnd(key: string, end?: End): { readonly end: End; readonly of: string } | null {
  const symbol = symbolOf(key);
  return symbol.kind === "end" && (end === undefined || symbol.end === end) ? symbol : null;
}

/** The same of a symbol that is read as it was a delay ago. */
export function agoAt(key: string, end?: End): { readonly end: End; readonly of: string } | null {
  const symbol = symbolOf(key);
  return symbol.kind === "ago" && (end === undefined || symbol.end === end) ? symbol : null;
}

/** The input that says how fast a state of a neuron will move in the step, for what reads it at connections. */
export const slopeInput = (state: string): string => `${state}~slope`;

/** A state as it was `delay` ago: a state, too, that moves by what is kept; it is called so that no name in a model can be. */
export const pastSymbol = (state: string, delay: string): string => `${state}~(${delay})`;

/** A symbol as a modeller writes it: `pre.V`, `i`, `t`, `exc.τ`. */
export function writtenSymbol(key: string): string {
  const symbol = symbolOf(key);
  switch (symbol.kind) {
    case "time":
      return "t";
    case "step":
    case "wholeStep":
      return "dt";
    case "neuron":
      return "i";
    case "target":
      return "j";
    case "own":
    case "input":
    case "noise":
    case "shape":
    case "setup":
      return symbol.name;
    case "listed":
      return "listed values";
    case "drawn":
      return symbol.name.slice(symbol.name.lastIndexOf("/") + 1);
    case "end":
    case "ago":
      return `${symbol.end}.${writtenSymbol(symbol.of)}`;
    case "next":
    case "stage":
      return symbol.state;
    case "normal":
      return symbol.purpose;
    case "coefficient":
      return symbol.row;
    default:
      return assertNever(symbol);
  }
}

/** What a stream of draws is called after: the key of what is drawn. Every bit of the noise hangs on it. */
export function streamName(key: string): string {
  const symbol = symbolOf(key);
  return (symbol.kind === "normal" ? symbol.purpose : key).replace(/^#/, "");
}

/** Whether people are told of a state: not of the sums that connections brought (`I_e~exc`), nor of neurons' states as connections look ahead to them. */
export function isShown(state: string): boolean {
  return symbolOf(state).kind === "own" && !state.includes("~");
}
