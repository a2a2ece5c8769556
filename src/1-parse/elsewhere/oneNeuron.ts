// What is set of one neuron of a population, `P[0].I_e = 400 pA`: here one value is set for all of them, told apart by their number. The others keep what they have, or there is no fix.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import {
  Dot, Equals, Extends, Input, LBrace, LSquare, Name, Network, Neuron, Param, Population, QuantityKeyword, RBrace, RSquare, State,
} from "../../../grammar/tokens.ts"; // prettier-ignore
import type { Token } from "../lexical.ts";
import { closing, findAt, fix, replace, startsStatement, statementEnd, told, written } from "./scene.ts";
import type { Recogniser, Scene } from "./scene.ts";

/** `P[0].I_e = …` in an experiment, `P[0:5].I_e = …` and `P[:].I_e = …` */
export const oneNeuron: Recogniser = (scene, i) => {
  const { tokens, block } = scene;
  const [name, open] = tokens.slice(i, i + 2);
  if (block !== "experiment" || name === undefined || !tokenMatcher(name, Name) || open?.tokenType !== LSquare)
    return null;
  const close = findAt(tokens, i + 2, tokens.length, () => false);
  if (tokens[close]?.tokenType !== RSquare || tokens[close + 1]?.tokenType !== Dot) return null;
  const end = statementEnd(tokens, i);
  const equals = findAt(tokens, close + 2, end, (t) => t.tokenType === Equals);
  if (equals >= end) return null;
  const inside = written(scene, i + 2, close).replace(/\s+/gu, "");
  const condition = conditionOf(inside);
  if (condition === null)
    return /^\d+:\d+$/u.test(inside)
      ? { diagnostic: told(scene, i, equals, "p[0].i =", []), instead: [], next: end }
      : null;
  const [x, value] = [written(scene, close + 2, equals), written(scene, equals + 1, end)];
  const others = condition === "" ? null : valueOfOthers(scene, i, name.image, x);
  const all = condition === "" || others === null ? value : `if ${condition} then ${value} else ${others.value}`;
  const text = `${name.image}.${x} = ${all}`;
  const taken = others?.statement ?? null;
  const edits = [replace(scene, i, end, text), ...(taken === null ? [] : [replace(scene, ...taken, "")])];
  const known = condition === "" || others !== null;
  return {
    diagnostic: told(scene, i, equals, "p[0].i =", known ? fix(`write \`${text}\``, ...edits) : []),
    instead: [],
    next: end,
  };
};

/** Which neurons `3`, `0:10`, `5:`, `0..9` are; empty for all of them. */
export function conditionOf(inside: string): string | null {
  if (/^\d+$/.test(inside)) return `i == ${inside}`;
  const [, from, sign, to] = /^(\d*)(:|\.\.)(\d*)$/.exec(inside) ?? [];
  if (from === undefined || to === undefined || (sign === ":" && to !== "" && Number(to) <= Number(from))) return null;
  const [low, high] = [
    from === "" || from === "0" ? [] : [`i >= ${from}`],
    to === "" ? [] : [`i ${sign === ":" ? "<" : "<="} ${to}`],
  ];
  return [...low, ...high].join(" and ");
}

interface Others {
  readonly value: string;
  /** What sets it in the same experiment, from and up to which token: it becomes part of the new statement. */
  readonly statement: readonly [number, number] | null;
}

/** What the other neurons have, as it is written: of the experiment, else of the population, else of its model. Null where that is drawn, stands in another file or is inherited. */
export function valueOfOthers(scene: Scene, i: number, population: string, x: string): Others | null {
  const { tokens } = scene;
  const set = settingOf(scene, i, population, x);
  if (set !== null) return set;
  const places = tokens.flatMap((t, k) =>
    t.tokenType === Population && tokens[k + 1]?.image === population && tokens[k + 2]?.tokenType === Equals ? [k] : [],
  );
  const inherits = tokens.some((t, k) => t.tokenType === Network && tokens[k + 2]?.tokenType === Extends);
  const [place, ...more] = places;
  if (more.length > 0 || (inherits && place !== undefined)) return null;
  if (place === undefined) return ofModel(scene, population, x);
  const end = statementEnd(tokens, place);
  const model = tokens[end - 1]?.image ?? "";
  for (let k = end + 1, last = closing(tokens, end) - 1; tokens[end]?.tokenType === LBrace && k < last; k++) {
    if (tokens[k]?.image !== x || !(k === end + 1 || startsStatement(tokens, k) || tokens[k - 1]?.image === ","))
      continue;
    if (tokens[k + 1]?.tokenType !== Equals) return null;
    return { value: written(scene, k + 2, valueEnd(tokens, k + 2, last)), statement: null };
  }
  return ofModel(scene, model, x);
}

function settingOf({ tokens, ...scene }: Scene, i: number, population: string, x: string): Others | null {
  const isSet = (k: number): boolean =>
    tokens[k]?.image === population &&
    tokens[k + 1]?.tokenType === Dot &&
    tokens[k + 2]?.image === x &&
    tokens[k + 3]?.tokenType === Equals;
  let first = i;
  while (first > 0 && tokens[first - 1]?.tokenType !== LBrace) first--;
  for (let k = first; k < tokens.length && tokens[k]?.tokenType !== RBrace; k++) {
    if (k === i || !isSet(k)) continue;
    const end = statementEnd(tokens, k);
    return { value: written({ tokens, ...scene }, k + 4, end), statement: [k, end] };
  }
  return null;
}

/** What the model declares: an input is 0 where nothing drives it. */
function ofModel(scene: Scene, model: string, x: string): Others | null {
  const { tokens } = scene;
  const at = tokens.findIndex((t, k) => t.tokenType === Neuron && tokens[k + 1]?.image === model);
  if (at < 0 || tokens[at + 2]?.tokenType !== LBrace) return null;
  const end = closing(tokens, at + 2) - 1;
  let word: Token | undefined;
  for (let k = at + 3; k < end; k++) {
    const token = tokens[k];
    if (token !== undefined && startsStatement(tokens, k))
      word = tokenMatcher(token, QuantityKeyword) ? token : undefined;
    if (token?.image !== x || word === undefined || !(tokens[k - 1] === word || tokens[k - 1]?.image === ",")) continue;
    if (word.tokenType === Input) return { value: "0", statement: null };
    if (word.tokenType !== Param && word.tokenType !== State) return null;
    const equals = findAt(tokens, k + 1, end, (t) => t.tokenType === Equals || t.image === ",");
    const last = valueEnd(tokens, equals + 1, end);
    return tokens[equals]?.tokenType === Equals ? { value: written(scene, equals + 1, last), statement: null } : null;
  }
  return null;
}

function valueEnd(tokens: readonly Token[], from: number, end: number): number {
  return Math.min(
    statementEnd(tokens, from),
    findAt(tokens, from, end, (t) => t.image === ","),
  );
}
