// Prints the types of the concrete syntax tree; grammar/cst.d.ts is this text, kept fresh by a test.
// `npx tsx scripts/generateCst.ts > grammar/cst.d.ts`
import { cstTypes } from "../grammar/cstTypes.ts";

process.stdout.write(cstTypes());
