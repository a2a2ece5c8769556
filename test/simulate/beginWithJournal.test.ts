// A folder that cannot be begun is as it was: no journal of what has not begun, and none lost of what had.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { beginWithJournal, JOURNAL_FILE, openJournal } from "../../src/simulate/journal.ts";
import { WriteError } from "../../src/simulate/writeWhole.ts";
import { folder } from "./helpers.ts";

test("a journal goes where nothing stands in it and the rest cannot be begun, else it stays", () => {
  const at = folder();
  const path = join(at, JOURNAL_FILE);
  const begin = (): void => {
    beginWithJournal(path, "mine", () => {
      throw new WriteError(join(at, "comparison.json"), "the disk is full");
    });
  };
  expect(begin).toThrow("comparison.json: the disk is full");
  expect(readdirSync(at)).toEqual([]);
  const earlier = openJournal<number>(path, "mine");
  earlier.add("a run", 7);
  earlier.close();
  expect(begin).toThrow(WriteError);
  expect(openJournal<number>(path, "mine").earlier).toEqual(new Map([["a run", 7]]));
});
