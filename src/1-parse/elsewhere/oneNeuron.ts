// What the other neurons of a population have where something is set for some, `P.I_e = 400 pA for i < 10`: they keep it, or there is no fix.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import {
  Dot, Equals, Extends, Input, LBrace, Network, Neuron, Param, Population, QuantityKeyword, RBrace, State,
} from "../../../grammar/tokens.ts"; // prettier-ignore
import type { Token } from "../lexical.ts";
import { closing, findAt, startsStatement, statementEnd, written } from "./scene.ts";
import type { Scene } from "./scene.ts";

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
