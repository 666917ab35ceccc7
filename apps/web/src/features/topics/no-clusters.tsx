import { Boxes } from 'lucide-react';
import { ButtonLink } from '../../components/ui/button.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { PageHeader } from '../../components/ui/page-header.tsx';
import { Panel } from '../../components/ui/panel.tsx';

/** Pages about topics before any cluster is known. */
export function NoClusters({ title = 'Topics' }: { title?: string }) {
  return (
    <div className="space-y-4">
      <PageHeader title={title} />
      <Panel flush>
        <EmptyState
          icon={<Boxes />}
          title="No Kafka cluster yet"
          action={
            <ButtonLink href="/settings/clusters" look="primary">
              Add a cluster
            </ButtonLink>
          }
        >
          Topics and messages are read straight from Kafka. Add a cluster by the address of one of its
          brokers; a new pipeline can also create it on the way.
        </EmptyState>
      </Panel>
    </div>
  );
}
