'use client';

import type { MessageQuery } from '@sealane/contracts/api/topics';
import { useState } from 'react';
import { type MessageQueryState, toApiQuery } from './query-state.ts';

/**
 * The search that the address asks for; the same object for as long as the question is the same, whichever
 * message is open.
 */
export function useQuestion(topic: string | null, state: MessageQueryState): MessageQuery | null {
  const asked = topic === null ? null : toApiQuery(topic, { ...state, m: null });
  const text = JSON.stringify(asked);
  const [kept, setKept] = useState({ text, asked });
  if (kept.text === text) return kept.asked;
  setKept({ text, asked });
  return asked;
}
