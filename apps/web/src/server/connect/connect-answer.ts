/** An answer with a JSON body. */
export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers });
}

export function emptyAnswer(status: number): Response {
  return new Response(null, { status });
}
