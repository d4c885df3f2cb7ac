import { texts } from './texts';

interface FailedPartProps {
  sentence: string;
  onRetry: () => void;
  className?: string;
}

/** A part of a page that could not be loaded, and one button. */
export function FailedPart({ sentence, onRetry, className = '' }: FailedPartProps) {
  return (
    <p role="alert" className={`flex items-center justify-between gap-3 text-sm text-quiet ${className}`}>
      {sentence}
      <button type="button" className="control" onClick={onRetry}>
        {texts.states.retry}
      </button>
    </p>
  );
}
