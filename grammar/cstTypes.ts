// The text of cst.d.ts: the types of the concrete syntax tree as the productions give them.
import { generateCstDts } from "./chevrotain.ts";
import { GlifParser } from "./parser.ts";

export function cstTypes(): string {
  const productions = new GlifParser({ skipValidations: false, recoveryEnabled: false }).getGAstProductions();
  return `// Generated from parser.ts by scripts/generateCst.ts: the shapes that buildAst reads. Recovered nodes may lack what is promised here.\n${generateCstDts(productions, { includeVisitorInterface: false })}`;
}
