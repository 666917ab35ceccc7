'use client';

import { Button } from '../../components/ui/button.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { PageHeader } from '../../components/ui/page-header.tsx';
import { useEditReason } from '../frame/use-me.ts';
import { ClusterStep } from './cluster-step.tsx';
import { ConnectorImport } from './connector-import.tsx';
import { type StepId, stepIds } from './draft.ts';
import { PreviewPane } from './preview-pane.tsx';
import { ReviewStep } from './review-step.tsx';
import { SourceStep } from './source-step.tsx';
import { StepsNav, stepLabels } from './steps-nav.tsx';
import { TablesStep } from './tables-step.tsx';
import { TopicsStep } from './topics-step.tsx';
import { useWizard, type Wizard } from './use-wizard.ts';

const bodies: Record<StepId, (props: { wizard: Wizard }) => React.ReactNode> = {
  source: SourceStep,
  tables: TablesStep,
  topics: TopicsStep,
  cluster: ClusterStep,
  review: ReviewStep,
};

/** A new pipeline, step by step: steps left, form in the middle, what it will do right. */
export function WizardPage() {
  const wizard = useWizard();
  const reason = useEditReason();
  const { step, go } = wizard;
  const Body = bodies[step];
  const at = stepIds.indexOf(step);
  const before = stepIds[at - 1];
  return (
    <div className="space-y-4">
      <PageHeader
        title="New pipeline"
        lead="From a database's binlog into Kafka topics."
        actions={<ConnectorImport wizard={wizard} disabledReason={reason} />}
      />
      {reason ? (
        <ErrorPanel tone="warn" error={{ code: 'FORBIDDEN', message: reason, why: null, remedy: null }} />
      ) : null}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[12rem_minmax(0,1fr)] xl:grid-cols-[12rem_minmax(0,1fr)_24rem]">
        <div className="min-w-0 lg:sticky lg:top-16">
          <StepsNav wizard={wizard} />
        </div>
        <section aria-label={stepLabels[step]} className="min-w-0 space-y-4">
          <h2 className="text-lg font-semibold">{stepLabels[step]}</h2>
          {wizard.problem ? (
            <ErrorPanel error={wizard.problem} heading="The pipeline was not created" />
          ) : null}
          <Body wizard={wizard} />
          <div className="flex justify-between gap-2 border-t pt-4">
            {before ? <Button onClick={() => go(before)}>Back</Button> : <span />}
            {step === 'review' ? (
              <Button look="primary" busy={wizard.creating} disabledReason={reason} onClick={wizard.submit}>
                {wizard.draft.start ? 'Create and start' : 'Create pipeline'}
              </Button>
            ) : (
              <Button look="primary" onClick={wizard.next}>
                Next
              </Button>
            )}
          </div>
        </section>
        <div className="min-w-0 lg:col-start-2 xl:col-start-3">
          <PreviewPane wizard={wizard} />
        </div>
      </div>
    </div>
  );
}
