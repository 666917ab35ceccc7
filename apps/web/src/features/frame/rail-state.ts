const KEY = 'sealane.rail';

/** Opens or closes the rail; the state is an attribute of the document so that the first paint is right. */
export function toggleRail(): void {
  const root = document.documentElement;
  const next = root.dataset.rail === 'closed' ? 'open' : 'closed';
  root.dataset.rail = next;
  localStorage.setItem(KEY, next);
}
