// The grammar itself: no ambiguity that was not meant, and types that are those of the productions.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cstTypes } from "../../grammar/cstTypes.ts";
import { keywordToken, reservedWords } from "../../grammar/tokens.ts";

test("grammar/cst.d.ts is fresh: `npx tsx scripts/generateCst.ts` prints it", () => {
  // Building it with Chevrotain's validations on also finds ambiguities and left recursion.
  expect(readFileSync(new URL("../../grammar/cst.d.ts", import.meta.url), "utf8")).toBe(cstTypes());
});

test("the words that are never names are those of the language", () => {
  expect([...reservedWords].sort()).toEqual(
    "and const else experiment extends function if import index input let mechanism network neuron noise not on or param population refractory reset spike state then use".split(
      " ",
    ),
  );
  expect(keywordToken("record")?.CATEGORIES?.map((c) => c.name)).toContain("Name");
});
