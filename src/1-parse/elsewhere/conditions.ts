// Foreign ways of writing conditions: `a if c else b`, `c ? a : b`, `… and not refractory`.
import { Colon, Comma, Else, LBrace, NumberLiteral, Refractory } from "../../../grammar/tokens.ts";
import {
  between,
  closing,
  endsOperand,
  expressionStart,
  findAt,
  fix,
  onLine,
  readAs,
  replace,
  rewritten,
  statementEnd,
  told,
  written,
} from "./scene.ts";
import type { Recogniser } from "./scene.ts";

/** `300 pA if t > 5 ms`, `a if c else b` */
export const pythonCondition: Recogniser = (scene, i) => {
  const { tokens, start, block } = scene;
  if (!onLine(tokens[i - 1], tokens[i]) || !endsOperand(tokens[i - 1]) || block === "network" || i - 1 <= start)
    return null;
  const end = statementEnd(tokens, i);
  const otherwise = findAt(tokens, i + 1, end, (t) => t.tokenType === Else || t.tokenType === Comma);
  if (otherwise === i + 1) return null;
  const hasElse = tokens[otherwise]?.tokenType === Else;
  const stop = hasElse ? findAt(tokens, otherwise + 1, end, (t) => t.tokenType === Comma) : otherwise;
  const from = expressionStart(tokens, i, start);
  const last = hasElse ? written(scene, otherwise + 1, stop) : "0";
  const text = `if ${written(scene, i + 1, otherwise)} then ${written(scene, from, i)} else ${last}`;
  return {
    diagnostic: told(
      scene,
      i,
      stop,
      hasElse ? "a if c else b" : "a if c",
      // `0 if V > 0 mV`: what it is else is not said.
      last === "0" && written(scene, from, i) === "0" ? [] : fix(`write \`${text}\``, replace(scene, from, stop, text)),
    ),
    instead: [],
    next: stop,
  };
};

/** `c ? a : b` */
export const cCondition: Recogniser = (scene, i) => {
  const { tokens, start } = scene;
  const end = statementEnd(tokens, i);
  const colon = findAt(tokens, i + 1, end, (t) => t.tokenType === Colon);
  const stop = findAt(tokens, colon + 1, end, (t) => t.tokenType === Comma);
  const from = expressionStart(tokens, i, start);
  const text = `if ${written(scene, from, i)} then ${written(scene, i + 1, colon)} else ${written(scene, colon + 1, stop)}`;
  const fixes =
    tokens[colon]?.tokenType === Colon && colon < stop
      ? fix(`write \`${text}\``, replace(scene, from, stop, text))
      : [];
  return { diagnostic: told(scene, i, i + 1, "c ? a : b", fixes), instead: [], next: Math.max(stop, i + 1) };
};

/** `… if not refractory`, `… and not refractory`, `(unless refractory)` */
export const notRefractory: Recogniser = (scene, i) => {
  const { tokens, block } = scene;
  const [word, not] = tokens.slice(i, i + 2);
  const last = /^(?:in|during)$/u.test(tokens[i + 2]?.image ?? "") ? i + 3 : i + 2;
  const refractory = tokens[last];
  if (
    block !== "neuron" ||
    word === undefined ||
    not?.image !== "not" ||
    refractory?.tokenType !== Refractory ||
    !onLine(word, refractory) ||
    !endsOperand(tokens[i - 1])
  )
    return null;
  return {
    ...rewritten(scene, i, last + 1, "not refractory", "", "leave it out"),
    diagnostic: told(scene, i, last + 1, "not refractory", fix("leave it out", between(scene, i - 1, last + 1))),
  };
};

/** `if (c) {a} else {b}`, as a value */
export const bracedCondition: Recogniser = (scene, i) => {
  const { tokens, start } = scene;
  const brace = findAt(tokens, i + 1, Math.min(i + 40, tokens.length), (t) => t.tokenType === LBrace);
  if (i === start || tokens[brace]?.tokenType !== LBrace || !onLine(tokens[brace], tokens[i])) return null;
  const otherwise = closing(tokens, brace);
  const end = closing(tokens, otherwise + 1);
  if (tokens[otherwise]?.tokenType !== Else || tokens[otherwise + 1]?.tokenType !== LBrace || end <= otherwise + 1)
    return null;
  const [c, a, b] = [
    written(scene, i + 1, brace).replace(/\s*then$/u, ""),
    written(scene, brace + 1, otherwise - 1),
    written(scene, otherwise + 2, end - 1),
  ];
  return rewritten(scene, i, end, "if (c) {a} else {b}", `if ${c} then ${a} else ${b}`);
};

/** `case c: a, else: b`, `piecewise(c: a, else: b)`, `{a, c; b, otherwise}` */
export const cases: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const word = tokens[i];
  if (word === undefined || !/^(?:case|cases|switch|match|piecewise)$/u.test(word.image) || declared.has(word.image))
    return null;
  const end = Math.max(statementEnd(tokens, i), i + 1);
  const all =
    /^\w+\s*[({]?\s*(?<c>[^:,;]+?)\s*(?:->|:|=>)\s*(?<a>[^:,;]+?)\s*[,;]\s*(?:else|otherwise|default|_|true)\s*(?:->|:|=>)\s*(?<b>[^:,;]+?)\s*[)}]?$/su.exec(
      written(scene, i, end),
    )?.groups;
  if (all === undefined)
    return i === scene.start
      ? null
      : {
          diagnostic: told(scene, i, end, "if (c) {a} else {b}", []),
          instead: [readAs(word, NumberLiteral, "0")],
          next: end,
        };
  return rewritten(
    scene,
    i,
    end,
    "if (c) {a} else {b}",
    `if ${all["c"] ?? ""} then ${all["a"] ?? ""} else ${all["b"] ?? ""}`,
  );
};
