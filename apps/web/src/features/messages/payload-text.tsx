import type { Payload } from '@sealane/contracts/api/topics';

/** A payload on one line; null and empty are marked so that neither looks like the other. */
export function PayloadLine({ payload, text }: { payload: Payload; text?: string }) {
  if (payload.kind === 'null') return <Marker>null</Marker>;
  if (payload.kind === 'empty') return <Marker>empty, 0 bytes</Marker>;
  if (payload.kind === 'binary') return <Marker>{`binary, ${payload.bytes} bytes`}</Marker>;
  return <span className="font-mono text-xs">{text ?? payload.text}</span>;
}

/** A word that stands for a value that has no text. */
export function Marker({ children }: { children: string }) {
  return (
    <span className="rounded-sm border border-line-strong border-dashed px-1 text-2xs text-ink-3">
      {children}
    </span>
  );
}
