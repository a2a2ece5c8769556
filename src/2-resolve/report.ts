// Where this room tells of mistakes.
import type { Diagnostic } from "../diagnostics/diagnostic.ts";

export type Report = (diagnostic: Diagnostic) => void;
