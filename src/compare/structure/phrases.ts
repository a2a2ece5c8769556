// The words for changes, as a paper would choose them: what is new goes by its doc comment, and takes with it what it explains.
import type { Change, Changes } from "./changes.ts";
import type { Difference, Phrases } from "./difference.ts";
import type { Member, System } from "./system.ts";
import { wholeName } from "./write.ts";

export function differenceFrom(a: System, b: System, found: Changes): Difference {
  return {
    equal: found.verdict === "same" ? true : found.verdict === "different" ? false : null,
    items: found.changes.map((c) => c.item),
    through: found.through,
    unproven: [...new Set(found.changes.filter((c) => c.verdict === "undecided").map(partWords))],
    givenUp: found.givenUp,
    atStep: found.atStep,
    phrases: phrasesOf(
      a,
      b,
      found.changes.filter((c) => c.verdict === "different"),
    ),
  };
}

function phrasesOf(a: System, b: System, changes: readonly Change[]): Phrases {
  const states = (change: "added" | "removed"): Change[] =>
    changes.filter((c) => c.family === "initial" && c.item.change === change);
  const [added, removed] = [states("added"), states("removed")];
  const gone = new Set(removed.flatMap((c) => c.about.map((m) => m.symbol)));
  const fresh = new Set(added.flatMap((c) => c.about.map((m) => `b:${m.symbol}`)));
  const isStates = (c: Change, own: readonly Change[]): boolean =>
    own.some((s) => s.about.some((m) => c.about.some((n) => n.symbol === m.symbol && n.role === m.role)));
  // Clauses of what is new itself, and clauses that read it.
  const isOwn = (c: Change): boolean =>
    c.family !== null &&
    ((c.item.change === "added" && isStates(c, added)) || (c.item.change === "removed" && isStates(c, removed)));
  const others = changes.filter((c) => !isOwn(c));
  const explained = new Set(others.filter((c) => [...c.reads].some((s) => fresh.has(s) || gone.has(s))));
  const resets = (own: readonly Change[]): string[] => {
    const count = own.flatMap((s) => s.about).length;
    const has = own.length > 0 && changes.some((c) => c.family === "reset" && isOwn(c) && isStates(c, own));
    return has ? [count === 1 ? "its reset" : "their reset"] : [];
  };
  const rest = others.filter((c) => !explained.has(c) && !isValue(c));
  return {
    added: [
      ...added.map((s) => stateWords(s, others, (m) => `b:${m.symbol}`, inputsOf(b))),
      ...resets(added),
      ...rest.filter((c) => c.item.change === "added").map(partWords),
    ],
    removed: [
      ...removed.map((s) => stateWords(s, others, (m) => m.symbol, inputsOf(a))),
      ...resets(removed),
      ...rest.filter((c) => c.item.change === "removed").map(partWords),
    ],
    changed: rest
      .filter((c) => c.item.change === "changed")
      .map((c) => `${partWords(c)}: ${c.item.before ?? "nothing"} -> ${c.item.after ?? "nothing"}`),
    // Parameters of what is new come with it.
    values: others.filter((c) => isValue(c) && c.item.change === "changed").map((c) => valueWords(c)),
    settings: [],
  };
}

function isValue({ item }: Change): boolean {
  return item.part === "parameter" || item.part === "constant";
}

function inputsOf(s: System): number {
  return [...s.members.values()].filter((m) => m.role === "input").length;
}

/** "after-spike currents I[1..2] in the input" */
function stateWords(state: Change, others: readonly Change[], symbolOf: (m: Member) => string, inputs: number): string {
  const own = new Set(state.about.map(symbolOf));
  const reading = others.filter((c) => [...c.reads].some((s) => own.has(s)));
  const doc = lowered(state.about[0]?.doc ?? "");
  const name = doc === "" ? state.item.name : `${doc} ${state.item.name}`;
  const place = reading.map((c) => placeWords(c, inputs)).find((p) => p !== "") ?? "";
  return place === "" ? name : `${name} ${place}`;
}

/** The first letter of a sentence becomes one of a phrase; abbreviations stay. */
function lowered(doc: string): string {
  const line = (doc.split("\n")[0] ?? "").replace(/[.:;]\s*$/, "").trim();
  const short = line.length > 60 ? "" : line;
  return /^[A-Z][a-z]/.test(short) ? short.charAt(0).toLowerCase() + short.slice(1) : short;
}

function placeWords({ family, about, item }: Change, inputs: number): string {
  const [first] = about;
  switch (family) {
    case "contribution":
      return inputs === 1 ? "in the input" : `in the input ${item.name}`;
    case "spike":
      return "in the threshold";
    case "rate":
      return `in ${item.name}`;
    case "reset":
      return first === undefined
        ? ""
        : `in the reset of ${first.quantity === null ? first.name : wholeName(first.quantity)}`;
    case "give":
      return `in ${item.name}`;
    default:
      return "";
  }
}

/** "the reset of V" */
export function partWords({ family, item }: Change): string {
  switch (family) {
    case "rate":
      return `the equation of ${item.name.replace(/'$/, "")}`;
    case "noise":
      return `the noise in ${item.name}`;
    case "calculus":
      return "the calculus of its noise";
    case "initial":
      return `the initial value of ${item.name}`;
    case "reset":
      return `the reset of ${item.name}`;
    case "spike":
      return item.change === "changed" ? "the threshold" : "spikes";
    case "duration":
      return item.change === "changed" ? "the refractory period" : "a refractory period";
    case "hold":
      return `what is held while refractory: ${item.name}`;
    case "held":
      return `${item.name} while refractory`;
    case "contribution":
      return item.change === "changed" ? `the input ${item.name}` : `a contribution to ${item.name}`;
    case "stimulus":
      return `the stimulus of ${item.name}`;
    case "source":
      return `the spikes of ${item.name.replace(/\.?spikes$/, "") || "the source"}`;
    case "precision":
      return `the ${item.name.replace(/^.*?: /, "")}`;
    case "let":
      return `what ${item.name} stands for`;
    case "event":
      if (item.name.endsWith("order")) return "the order of two events";
      return item.change === "changed" ? "an event" : `the event ${item.before ?? item.after ?? ""}`;
    case "give":
      return `what ${item.name} receives`;
    case "pre":
    case "post":
      return `what a ${family}synaptic spike does to ${item.name.replace(/^.*: /, "")}`;
    case "rule":
    case "where":
    case "delay":
      return `the ${family === "rule" ? "rule" : family === "where" ? "condition" : "delay"}`;
    default:
      return item.part === "input" ? `the input ${item.name}` : item.name;
  }
}

/** "b_s 0.02 -> 0.2 /ms": a unit that both have is said once. */
export function valueWords({ item: { name, before, after } }: Pick<Change, "item">): string {
  const [x, y] = [numberAndUnit(before ?? ""), numberAndUnit(after ?? "")];
  if (x !== null && y !== null && x.unit === y.unit)
    return `${name} ${x.number} -> ${y.number}${x.unit === "" ? "" : ` ${x.unit}`}`;
  return `${name} ${before ?? "nothing"} -> ${after ?? "nothing"}`;
}

function numberAndUnit(text: string): { readonly number: string; readonly unit: string } | null {
  const match = /^(-?[\d.]+(?:e-?\d+)?) ?([^\d\s+*(].*)?$/.exec(text);
  return match === null || / [-+*] /.test(text) ? null : { number: match[1] ?? "", unit: match[2] ?? "" };
}
