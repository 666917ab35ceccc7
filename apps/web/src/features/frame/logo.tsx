/** The mark: a lane of two waves running to the right. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" className={className} aria-hidden="true">
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <g className="stroke-accent-ink" strokeWidth="2" strokeLinecap="round">
        <path d="M5 9c2.3-2.4 4.7-2.4 7 0s4.7 2.4 7 0" />
        <path d="M5 15.5c2.3-2.4 4.7-2.4 7 0s4.7 2.4 7 0" opacity=".6" />
      </g>
    </svg>
  );
}
