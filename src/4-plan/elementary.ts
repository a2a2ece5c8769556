// The runtime's own mathematics for numbers that are known while planning, so that they carry the same bits as in a kernel.
import type { Elementary } from "../algebra/evaluate.ts";
import * as math from "../runtime/math.ts";

export const elementary: Elementary = math;
