// What cannot be connected as the model says: told with the projection, so that it can be told where the model says it.
import { UsageError } from "./usageError.ts";

export class ConnectionError extends UsageError {
  override readonly name = "ConnectionError";
  /** `exc E->I` */
  readonly projection: string;
  constructor(projection: string, message: string) {
    super(message);
    this.projection = projection;
  }
}
