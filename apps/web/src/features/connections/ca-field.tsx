'use client';

import type { UseFormRegisterReturn } from 'react-hook-form';
import { Checkbox } from '../../components/ui/checkbox.tsx';
import { Field, TextArea } from '../../components/ui/field.tsx';

interface CaFieldProps {
  field: UseFormRegisterReturn;
  error: string | undefined;
  /** Whether a certificate is stored, which a blank field keeps. */
  isStored: boolean;
  isForgotten: boolean;
  onForget: (forget: boolean) => void;
  className: string;
}

/** Whom to trust: certificates of one's own, those stored, or the system's list. */
export function CaField({ field, error, isStored, isForgotten, onForget, className }: CaFieldProps) {
  const keeps = isStored && !isForgotten;
  return (
    <div className={className}>
      <Field
        label="CA certificate"
        optional
        error={error}
        help={keeps ? 'PEM. Leave blank to keep the stored one.' : "PEM. Empty: the system's own list."}
      >
        <TextArea
          placeholder={keeps ? 'A certificate is stored' : '-----BEGIN CERTIFICATE-----'}
          spellCheck={false}
          {...field}
        />
      </Field>
      {isStored ? (
        <div className="mt-2">
          <Checkbox visible label="Forget the stored certificate" checked={isForgotten} onChange={onForget} />
        </div>
      ) : null}
    </div>
  );
}
