import { CopyButton } from './copy-button.tsx';

/** A command or statement to copy: SQL, my.cnf lines, a token. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex items-start gap-2 rounded-md border bg-sunken py-1.5 pr-1.5 pl-2.5">
      <section className="min-w-0 flex-1 overflow-x-auto" aria-label={label}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reachable by keyboard. */}
        <pre className="py-0.5 font-mono text-xs whitespace-pre-wrap break-words text-ink" tabIndex={0}>
          {text}
        </pre>
      </section>
      <CopyButton text={text} label={`Copy ${label}`} icon />
    </div>
  );
}
