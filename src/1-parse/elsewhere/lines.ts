// Whole lines as other tools write them, told by their text alone: where they are looked for, and where they end.
import { Comma, If, LBrace, LParen, LSquare, RBrace, RParen, RSquare, Semicolon } from "../../../grammar/tokens.ts";
import { braceOfEvent } from "./events.ts";
import type { Line } from "./line.ts";
import { declaresInModel, fix, onLine, replace, rewritten, told, written } from "./scene.ts";
import type { Finding, Recogniser, Scene } from "./scene.ts";
import { assigned } from "./statements.ts";
import { COMPARISON_LINES } from "./linesOfComparisons.ts";
import { EXPERIMENT_LINES } from "./linesOfExperiments.ts";
import { FILE_LINES } from "./linesOfFiles.ts";
import { MODEL_LINES, ofEnds } from "./linesOfModels.ts";
import { NETWORK_LINES } from "./linesOfNetworks.ts";

const LINES: readonly Line[] = [
  ...FILE_LINES,
  ...MODEL_LINES,
  ...NETWORK_LINES,
  ...EXPERIMENT_LINES,
  ...COMPARISON_LINES,
];

/** At the beginning of a statement, inside of a block or outside of all. */
export const inLine: Recogniser = (scene, i) => {
  const { block, depth, tokens } = scene;
  if (depth > 1 && block !== "network") return inEvent(scene, i);
  const home = depth <= 0 ? "" : depth > 1 ? "settings" : block;
  const [end, further] = [lineEnd(scene, i), indentedEnd(scene, i)];
  const known = linesOf(home);
  for (const to of end === further ? [end] : [further, end]) {
    const text = written(scene, i, to).trim();
    for (const { pattern, habit, mended } of text.length > LONGEST ? [] : known) {
      const match = pattern.exec(text);
      const instead = match === null ? undefined : mended(match.groups ?? {}, scene.declared, scene, i);
      if (instead === undefined) continue;
      const indent = `\n${" ".repeat(Math.max(0, (tokens[i]?.startColumn ?? 1) - 1))}`;
      if (instead === null) return { diagnostic: told(scene, i, to, habit, []), instead: [], next: to };
      return instead === ""
        ? removed(scene, i, to, habit)
        : rewritten(scene, i, to, habit, instead.replaceAll("\n", indent));
    }
  }
  return null;
};

const LONGEST = 300;

/** Lines by the kind of block that they stand in. */
const BY_BLOCK = new Map<string, readonly Known[]>();

interface Known extends Omit<Line, "pattern"> {
  readonly pattern: RegExp;
}

function linesOf(home: string): readonly Known[] {
  const old = BY_BLOCK.get(home);
  if (old !== undefined) return old;
  const found = LINES.filter((l) => l.blocks === home || (home !== "" && l.blocks.split(" ").includes(home))).map(
    (l) => ({ ...l, pattern: new RegExp(`^${l.pattern}$`, "su") }),
  );
  BY_BLOCK.set(home, found);
  return found;
}

/** In a reset or an event: `emit_spike()`, and `if c then x <- a`. */
function inEvent(scene: Scene, i: number): Finding | null {
  const { tokens, declared, inputs } = scene;
  const end = lineEnd(scene, i);
  const text = written(scene, i, end).trim();
  if (/^(?:wait|pause|sleep)\s+(?:for\s+)?[\d.]*\s*[\p{L}_]+$/u.test(text) && scene.block === "neuron")
    return { diagnostic: told(scene, i, end, "wait 2 ms", []), instead: [], next: end };
  if (/^emit_spike\s*\(\s*\)$/u.test(text)) return removed(scene, i, end, "emit_spike()");
  const [, counted, compared, becomes] =
    /^([\p{L}_][\p{L}\p{N}_.]*)\s*(?:\+\+|(<=|<<-)\s*([^=<].*))$/su.exec(text) ?? [];
  if (counted !== undefined)
    return compared === undefined
      ? rewritten(scene, i, end, "x -= y", `${counted} <- ${counted} + 1`)
      : rewritten(scene, i, end, "reset =", `${counted} <- ${becomes ?? ""}`);
  const [, drawn, draw] = /^([\p{L}_][\p{L}\p{N}_]*)\s*~\s*(.+)$/su.exec(text) ?? [];
  const isDeclared = declaresInModel(tokens, i, drawn, /^(?:state|weight|,)$/u);
  if (drawn !== undefined && !isDeclared && braceOfEvent(scene, i) !== null)
    return rewritten(scene, i, end, "u = rand()", `let ${drawn} ~ ${draw ?? ""}`);
  const { value: from = "", name: into } =
    /^(?<value>[^{}<>=]+?)\s*(?:->|→)\s*(?<name>[\p{L}_][\p{L}\p{N}_]*)$/su.exec(text)?.groups ?? {};
  const isState = declaresInModel(tokens, i, into, /^(?:state|,)$/u);
  if (into !== undefined && braceOfEvent(scene, i) !== null && isState && !/^[\p{L}\p{N}_]+$/u.test(from))
    return rewritten(scene, i, end, "v -> x", `${into} <- ${from}`);
  const set = /^(?:set|assign)\s+([\p{L}_][\p{L}\p{N}_.]*)\s*(?:=|<-|to\b)\s*([^=].*)$/su.exec(text);
  if (set !== null) return rewritten(scene, i, end, "reset =", `${set[1] ?? ""} <- ${set[2] ?? ""}`);
  const [, target = "", side] = /^([\p{L}_][\p{L}\p{N}_]*?)(?:_(pre|post))?\s*[-+*/]=/u.exec(text) ?? [];
  if (scene.block === "synapse" && side !== undefined && !declared.has(`${target}_${side}`) && !isOwn(scene, i, target))
    return rewritten(scene, i, end, "on pre v_post += w", ofEnds(assigned(text), declared));
  const given = /^post\.([\p{L}_][\p{L}\p{N}_]*)\s*\+=/u.exec(text)?.[1];
  if (
    braceOfEvent(scene, i) !== null &&
    (inputs.has(given ?? "") || (scene.block === "neuron" && side === undefined && inputs.has(target)))
  )
    return { diagnostic: told(scene, i, end, "reset i += a", []), instead: [], next: end };
  const [, c, x, value] =
    tokens[i]?.tokenType === If
      ? (/^if\s+(.+?)\s*(?:then\s+|:\s*)([\p{L}_][\p{L}\p{N}_.]*)\s*(?:<-|=)\s*([^={}]+)$/su.exec(
          text.replace(/\s*\{\s*([^{};]*?)\s*\}$/u, " then $1"),
        ) ?? [])
      : [];
  return c === undefined || x === undefined || value === undefined || /\belse\b/u.test(value)
    ? null
    : rewritten(scene, i, end, "if c then x <- a", `${x} <- if ${c} then ${value} else ${x}`);
}

/** Whether the synapse around declares a state of this name before `i`. */
function isOwn({ tokens }: Scene, i: number, name: string): boolean {
  let isState = false;
  for (let k = i - 1; k >= 0 && tokens[k]?.image !== "synapse"; k--)
    isState ||= tokens[k]?.image === name && /^(?:state|,)$/u.test(tokens[k - 1]?.image ?? "");
  return isState;
}

/** Taken out, with the semicolon before it. */
function removed(scene: Scene, i: number, end: number, habit: string): Finding {
  const from = scene.tokens[i - 1]?.tokenType === Semicolon ? i - 1 : i;
  return {
    diagnostic: told(scene, i, end, habit, fix("leave it out", replace(scene, from, end, ""))),
    instead: [],
    next: end,
  };
}

/** Behind what stands on the line, up to a semicolon or the `}` of the block around it. */
function lineEnd({ tokens, block, depth: open }: Scene, i: number): number {
  let depth = 0;
  for (let k = i; k < tokens.length; k++) {
    const token = tokens[k];
    if (token === undefined || (k > i && depth === 0 && !onLine(token, tokens[i]))) return k;
    if ([LBrace, LParen, LSquare, LSquare].some((type) => token.tokenType === type)) depth++;
    if ([RBrace, RParen, RSquare].some((type) => token.tokenType === type) && --depth < 0) return k;
    if (
      depth === 0 &&
      (token.tokenType === Semicolon || (token.tokenType === Comma && block === "network" && open > 1))
    )
      return k;
  }
  return tokens.length;
}

/** The same with the lines below that are indented further, as Python's blocks are. */
function indentedEnd(scene: Scene, i: number): number {
  const { tokens } = scene;
  let end = lineEnd(scene, i);
  if (tokens[end - 1]?.image !== ":") return end;
  while (end < tokens.length && (tokens[end]?.startColumn ?? 0) > (tokens[i]?.startColumn ?? 0)) end++;
  return end;
}
