using System.Globalization;
using System.Text;
using Hillock.Laboratory;

namespace Hillock.Cli.Output;

/// <summary>The table of all trials, one line each, for spreadsheets and notebooks.</summary>
internal static class TrialTable
{
    /// <summary>The table as comma-separated values with a header (RFC 4180, but lines end with a line feed); what does not exist is empty.</summary>
    public static string Text(ComparisonResult result)
    {
        StringBuilder table = new();
        table.Append("activation,specification,repeat,fold,status,training_samples,test_samples,")
            .Append(result.Protocol.Metric).Append(',').Append(result.Protocol.SecondaryMetric)
            .Append(",learning_rate,epochs,final_training_loss,dead,saturated,sparsity,gradient_ratio,training_seconds,seconds,trial\n");
        foreach (CandidateResult candidate in result.Candidates)
        {
            foreach (TrialResult trial in candidate.Trials)
            {
                double? loss = trial.Epochs.Count > 0 ? trial.Epochs[^1].TrainingLoss : null;
                table.AppendJoin(
                    ',',
                    Quote(candidate.Name),
                    Quote(candidate.Specification),
                    trial.Repeat,
                    trial.Fold,
                    trial.Diverged ? "diverged" : "ok",
                    trial.TrainingSamples,
                    trial.TestSamples,
                    Number(trial.Score),
                    Number(trial.SecondaryScore),
                    Number(trial.LearningRate),
                    trial.Epochs.Count,
                    Number(loss),
                    Number(trial.Dead),
                    Number(trial.Saturated),
                    Number(trial.Sparsity),
                    Number(trial.GradientRatio),
                    Number(trial.TrainingSeconds),
                    Number(trial.Seconds),
                    trial.Id).Append('\n');
            }
        }

        return table.ToString();
    }

    private static string Number(double? value) =>
        value is { } v && double.IsFinite(v) ? v.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string Quote(string text) => text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}
