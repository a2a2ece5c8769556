// Foreign ways of writing what happens at an event: numbers drawn in an expression, assignments side by side.
import { Arrow, Identifier, LBrace, NumberLiteral, RBrace, Semicolon, Unit, UnknownUnit } from "../../../grammar/tokens.ts"; // prettier-ignore
import { fix, inModel, insertBehind, onLine, readAs, replace, startsStatement, told } from "./scene.ts";
import type { Recogniser, Scene } from "./scene.ts";

/** The brace of the event around, where it stands in one: on its line or further in, not behind one that lacks its `}`. */
export function braceOfEvent({ tokens, depth: open }: Scene, i: number): number | null {
  if (open < 2) return null;
  let [brace, depth] = [i - 1, 0];
  for (; brace >= 0; brace--) {
    if (tokens[brace]?.tokenType === RBrace) depth++;
    if (tokens[brace]?.tokenType === LBrace && --depth < 0) break;
  }
  let start = brace;
  while (start > 0 && !startsStatement(tokens, start)) start--;
  const [own, head] = [tokens[i], tokens[start]];
  return own !== undefined &&
    head !== undefined &&
    /^(?:on|reset)$/u.test(head.image) &&
    (onLine(own, tokens[brace]) || own.startColumn > head.startColumn)
    ? brace
    : null;
}

const DRAWS: ReadonlyMap<string, string> = new Map(
  Object.entries({ rand: "uniform(0, 1)", random: "uniform(0, 1)", ran: "uniform(0, 1)", randn: "normal(0, 1)" }),
);

/** `w <- w*rand()` in an event, and `let u = rand()` there */
export const drawnInEvent: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [word, open, close] = tokens.slice(i, i + 3);
  const draw = DRAWS.get(word?.image ?? "");
  if (word === undefined || draw === undefined || open?.image !== "(" || close?.image !== ")") return null;
  const brace = braceOfEvent(scene, i);
  if (brace === null) return null;
  const isNamed = tokens[i - 1]?.image === "=" && tokens[i - 3]?.image === "let" && !onLine(tokens[i + 3], close);
  const name = ["u", "u_1", "u_2"].find((n) => inModel(tokens, i, (t) => t.image === n) === null) ?? "u_drawn";
  const edits = isNamed
    ? [replace(scene, i - 1, i + 3, `~ ${draw}`)]
    : [insertBehind(scene, brace, ` let ${name} ~ ${draw};`), replace(scene, i, i + 3, name)];
  return {
    diagnostic: told(
      scene,
      i,
      i + 3,
      "u = rand()",
      fix(`draw it by \`let ${isNamed ? (tokens[i - 2]?.image ?? "") : name} ~ ${draw}\``, ...edits),
    ),
    instead: [readAs(word, NumberLiteral, "0")],
    next: i + 3,
  };
};

/** `x <- 0 n <- n + 1`: what would be the unit of a number is assigned to. */
export const nextAssignment: Recogniser = (scene, i) => {
  const [number, name, arrow] = scene.tokens.slice(i, i + 3);
  if (
    number === undefined ||
    name === undefined ||
    arrow?.tokenType !== Arrow ||
    !onLine(number, name) ||
    ![Unit, UnknownUnit].some((type) => name.tokenType === type)
  )
    return null;
  return {
    diagnostic: told(scene, i, i + 3, "x <- 0 y <- 1", fix("insert `;`", insertBehind(scene, i, ";"))),
    instead: [number, { ...readAs(name, Semicolon, ";"), endOffset: name.startOffset }, readAs(name, Identifier)],
    next: i + 2,
  };
};
