'use client';

import type { ConnectorReading } from '@sealane/contracts/connector/read-connector-config';
import { FileJson } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { plural } from '../../components/format/numbers.ts';
import { Button } from '../../components/ui/button.tsx';
import { cx } from '../../components/ui/cx.ts';
import { Dialog, DialogActions } from '../../components/ui/dialog.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Field, TextArea } from '../../components/ui/field.tsx';
import { toProblem } from '../api/problem.ts';
import { useConnectorImport } from './use-connector-import.ts';
import type { Wizard } from './use-wizard.ts';

interface ConnectorImportProps {
  wizard: Wizard;
  disabledReason: string | null;
}

/** Fills the form in from the JSON of a Debezium connector. */
export function ConnectorImport({ wizard, disabledReason }: ConnectorImportProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button disabledReason={disabledReason} onClick={() => setOpen(true)}>
        <FileJson aria-hidden className="size-4" />
        From a connector
      </Button>
      <Dialog
        wide
        open={open}
        onClose={() => setOpen(false)}
        title="From a Debezium connector"
        lead="Paste its JSON, as it is sent to Kafka Connect or comes from there. Its database server is added to the sources if it is not among them; the pipeline is created in the last step only."
      >
        <ImportForm wizard={wizard} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function ImportForm({ wizard, onDone }: { wizard: Wizard; onDone: () => void }) {
  const { text, change, pasted, fill } = useConnectorImport();
  const reading = pasted.tag === 'read' ? pasted.reading : null;
  const ready = reading !== null && reading.errors.length === 0;
  const use = (withSource: boolean) => {
    if (reading === null) return;
    fill.mutate(
      { reading, withSource },
      {
        onSuccess: (draft) => {
          wizard.change(draft);
          wizard.go('source');
          onDone();
        },
      },
    );
  };
  return (
    <div className="space-y-4">
      <Field label="Connector" error={pasted.tag === 'unreadable' ? pasted.message : null}>
        <TextArea
          rows={10}
          spellCheck={false}
          placeholder={
            '{\n  "name": "shop",\n  "config": {\n    "connector.class": "io.debezium.connector.mysql.MySqlConnector",\n    …'
          }
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      </Field>
      <FileButton onText={change} />
      {reading ? <ReadingNotes reading={reading} /> : null}
      {fill.isError ? (
        <ErrorPanel
          error={toProblem(fill.error)}
          heading="The source could not be connected"
          actions={
            <Button size="sm" onClick={() => use(false)}>
              Fill in all but the source
            </Button>
          }
        />
      ) : null}
      <DialogActions>
        <Button
          look="primary"
          busy={fill.isPending}
          disabledReason={ready ? null : 'Paste a connector without errors first'}
          onClick={() => use(true)}
        >
          Fill in the form
        </Button>
      </DialogActions>
    </div>
  );
}

/** A file instead of pasted text. */
function FileButton({ onText }: { onText: (text: string) => void }) {
  const id = useId();
  return (
    <p className="text-sm text-ink-3">
      or{' '}
      <label htmlFor={id} className="cursor-pointer text-accent underline-offset-2 hover:underline">
        open a file
        <input
          id={id}
          type="file"
          accept=".json,application/json"
          className="sr-only"
          onChange={async (event) => {
            const [file] = event.target.files ?? [];
            if (file) onText(await file.text());
          }}
        />
      </label>
    </p>
  );
}

/** What reading the connector found: what is wrong, what will differ, what has no effect. */
function ReadingNotes({ reading }: { reading: ConnectorReading }) {
  const { errors, warnings, ignored } = reading;
  return (
    <div className="space-y-3">
      {errors.length > 0 ? (
        <Notes title={`${plural(errors.length, 'error')}: correct it above`} tone="text-bad" open>
          {errors.map(({ property, message }) => (
            <Note key={property} property={property} text={message} />
          ))}
        </Notes>
      ) : null}
      {warnings.length > 0 ? (
        <Notes title={plural(warnings.length, 'warning')} tone="text-warn" open>
          {warnings.map(({ property, message }) => (
            <Note key={property + message} property={property} text={message} />
          ))}
        </Notes>
      ) : null}
      {ignored.length > 0 ? (
        <Notes
          title={`Without effect here: ${plural(ignored.length, 'property', 'properties')}`}
          tone="text-ink-2"
        >
          {ignored.map(({ property, reason }) => (
            <Note key={property} property={property} text={reason} />
          ))}
        </Notes>
      ) : null}
    </div>
  );
}

function Notes(props: { title: string; tone: string; open?: boolean; children: ReactNode }) {
  return (
    <details open={props.open} className="rounded-lg border">
      <summary className={cx('cursor-pointer px-3 py-2 text-sm font-medium', props.tone)}>
        {props.title}
      </summary>
      <dl className="max-h-60 divide-y divide-line overflow-y-auto border-t">{props.children}</dl>
    </details>
  );
}

function Note({ property, text }: { property: string; text: string }) {
  return (
    <div className="px-3 py-1.5">
      <dt className="font-mono text-xs break-all text-ink">{property}</dt>
      <dd className="text-xs break-words text-ink-3">{text}</dd>
    </div>
  );
}
