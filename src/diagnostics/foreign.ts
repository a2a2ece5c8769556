// Ways of writing that come from other languages, told with what is written here instead: the sentences are those of the table of habits.
import { present } from "../base/invariant.ts";
import type { Fix } from "./diagnostic.ts";
import { defineDiagnostic } from "./diagnostic.ts";
import { habitOf } from "./habits.ts";

export const foreignForm = defineDiagnostic<{
  readonly written: string;
  /** Its name in the table. */ readonly habit: string;
  readonly fixes: readonly Fix[];
}>(
  "syntax/foreign-form",
  "error",
  "This is how another simulator or language writes it. What is meant is clear, or nearly so; the message says how it is written here. The page `Coming from elsewhere` of the language reference has the whole table.",
  ({ written, habit, fixes }) => ({
    message: `\`${written}\` is no glif: ${present(habitOf("form", habit), habit).say}`,
    fixes,
  }),
);
