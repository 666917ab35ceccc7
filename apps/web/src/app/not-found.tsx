import { ButtonLink } from '../components/ui/button.tsx';
import { EmptyState } from '../components/ui/empty-state.tsx';

/** An address that leads nowhere. */
export default function NotFound() {
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <h1 className="sr-only">Not found</h1>
      <EmptyState title="There is no such page" action={<ButtonLink href="/">Overview</ButtonLink>}>
        The address is wrong, or what was here has been deleted.
      </EmptyState>
    </main>
  );
}
