import type { RuntimeState } from '@sealane/contracts/pipeline-state';
import { cx } from '../../components/ui/cx.ts';
import { type Shape, stateLooks, toneSoft, toneText } from './state-look.ts';

/** The state in a word, a colour and a shape. */
export function StateBadge({ state }: { state: RuntimeState }) {
  const look = stateLooks[state];
  return (
    <span
      title={look.meaning}
      data-state={state}
      className={cx(
        'inline-flex h-5.5 items-center gap-1.5 rounded-full pr-2.5 pl-2 text-xs font-medium whitespace-nowrap',
        toneSoft[look.tone],
        toneText[look.tone],
      )}
    >
      <StateShape shape={look.shape} />
      {look.label}
    </span>
  );
}

/** The shape of a state, in the colour of the text around it. */
function StateShape({ shape }: { shape: Shape }) {
  return (
    <svg
      viewBox="0 0 10 10"
      className="size-2.5 shrink-0 fill-none stroke-current"
      strokeWidth="1.6"
      aria-hidden="true"
    >
      {shapes[shape]}
    </svg>
  );
}

const shapes: Record<Shape, React.ReactNode> = {
  dot: <circle cx="5" cy="5" r="3.6" className="fill-current" stroke="none" />,
  ring: <circle cx="5" cy="5" r="3.4" strokeDasharray="2.6 1.6" />,
  half: (
    <>
      <circle cx="5" cy="5" r="3.6" />
      <path d="M5 1.4a3.6 3.6 0 0 1 0 7.2z" className="fill-current" stroke="none" />
    </>
  ),
  triangle: <path d="M5 1.2 9.2 8.6H.8z" className="fill-current" stroke="none" />,
  cross: <path d="m2 2 6 6M8 2 2 8" strokeWidth="2" strokeLinecap="round" />,
  bars: <path d="M3.3 2v6M6.7 2v6" strokeWidth="2" />,
  square: <rect x="1.8" y="1.8" width="6.4" height="6.4" rx="1" className="fill-current" stroke="none" />,
  check: <path d="m1.8 5.3 2.2 2.2 4.2-4.8" strokeWidth="1.8" strokeLinecap="round" />,
};
