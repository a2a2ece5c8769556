// What cannot be connected as the model says: told with the projection, so that it can be told where the model says it.

export class ConnectionError extends RangeError {
  override readonly name = "ConnectionError";
  /** `exc E->I` */
  readonly projection: string;
  constructor(projection: string, message: string) {
    super(message);
    this.projection = projection;
  }
}
