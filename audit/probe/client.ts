/** A request, as it is sent: nothing of its address or headers is put right on the way. */
export interface Request {
  method: string;
  url: string;
  headers?: Readonly<Record<string, string>> | undefined;
  /** Objects are sent as JSON. */
  payload?: string | Buffer | object | undefined;
}

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers have every shape
  body: any;
  headers: Readonly<Record<string, unknown>>;
  text: string;
}

/** Somebody, or nobody, who calls an API: in the same process, or over HTTP. */
export interface Client {
  call(request: Request): Promise<Answer>;
}
