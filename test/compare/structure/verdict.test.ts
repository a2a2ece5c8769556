// Equal is what the verdicts of all clauses say: whatever is told of them, in whatever words, a system with one that is not proven equal is not equal.
import { expect, test } from "vitest";
import { present } from "../../../src/base/invariant.ts";
import { changesBetween } from "../../../src/compare/structure/changes.ts";
import { neuronSystem } from "../../../src/compare/structure/neuronSystem.ts";
import { differenceFrom } from "../../../src/compare/structure/phrases.ts";
import { DECIDING } from "../../../src/compare/structure/pairing.ts";
import { seeThrough } from "../../../src/compare/structure/seeThrough.ts";
import { keyOf, type Clause, type System } from "../../../src/compare/structure/system.ts";
import { programOf } from "../../check/program.ts";
import { number } from "../../../src/algebra/expression.ts";
import { plus } from "../../../src/algebra/reals.ts";
import { BASE } from "./pairs.ts";

const system = (): System => neuronSystem(present(programOf(BASE).neurons[0], "M"));
const REFERENCE = system();
const clauses = [...REFERENCE.clauses].filter(([, c]) => DECIDING.includes(c.family));

/** The system with one clause replaced, all texts as they were. */
function changed(key: string, by: (c: Clause) => Clause): System {
  const s = system();
  return { ...s, clauses: new Map([...s.clauses].map(([k, c]) => [k, k === key ? by(c) : c])) };
}

test.each(clauses.map(([key, c]) => [key, c] as const))("%s changed under the same text is told", (key) => {
  const other = changed(key, (c) => ({
    ...c,
    shape: c.parts.length === 0 ? `other ${c.shape}` : c.shape,
    parts: c.parts.map((e) => (c.family === "spike" ? number(0) : plus(e, number(0.25)))),
    text: (w, whole) => c.text(w, whole),
  }));
  for (const [a, b] of [
    [REFERENCE, other],
    [other, REFERENCE],
  ] as const) {
    const found = differenceFrom(a, b, changesBetween(a, b, seeThrough(a, b)));
    expect(found.equal).toBe(false);
    expect(found.items.length).toBeGreaterThan(0);
    for (const item of found.items) if (item.before === item.after) expect(item.note).not.toBe("");
  }
});

test("nothing changed is equal, and nothing is told", () => {
  expect(clauses.map(([key]) => key)).toContain(keyOf("noise", "V"));
  const found = differenceFrom(
    REFERENCE,
    system(),
    changesBetween(REFERENCE, system(), seeThrough(REFERENCE, system())),
  );
  expect(found).toMatchObject({ equal: true, items: [], unproven: [] });
});
