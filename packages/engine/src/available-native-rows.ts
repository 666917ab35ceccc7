import { loadNativeRows, type NativeRows } from '@sealane/binlog/row/native-rows';
import type { PipelineEvents } from './pipeline-events.ts';

/** The native row writer; null, and a notice with the reason, where it was not built for this machine. */
export function availableNativeRows(events: PipelineEvents): NativeRows | null {
  try {
    return loadNativeRows();
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.split('\n')[0] : String(thrown);
    events.warn(
      'rows.fallback',
      `The native row writer is not available, rows take about twice the processor time ("npm run build:native --workspace @sealane/binlog" builds it): ${reason}`,
    );
    return null;
  }
}
