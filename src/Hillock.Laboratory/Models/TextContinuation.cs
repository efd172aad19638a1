using Hillock.Activations.Elementary;
using Hillock.Activations.Random;
using Hillock.Data.Text;
using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>Continues a text with a model of its next characters: each is drawn by the probabilities that the model gives behind those before it.</summary>
public sealed class TextContinuation
{
    private readonly Network _network;
    private readonly NextCharacterPreparation _preparation;
    private readonly double _temperature;

    /// <summary>Makes a continuation.</summary>
    /// <param name="model">The model.</param>
    /// <param name="temperature">
    /// Above 0: a probability p counts as p^(1/temperature). 1 draws by the model's own probabilities, less prefers the likely characters, more the unlikely ones.
    /// </param>
    /// <exception cref="ArgumentException">The model is not one of next characters, or the temperature is out of range.</exception>
    public TextContinuation(TrainedModel model, double temperature = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        _preparation = model.Preparation as NextCharacterPreparation
            ?? throw new ArgumentException("the model does not tell the next characters of a text", nameof(model));
        if (_preparation.Vocabulary.Count == 0)
        {
            throw new ArgumentException("the model knows no character: its text had none twice", nameof(model));
        }

        _network = model.Network;
        _temperature = temperature;
    }

    /// <summary>Continues a text.</summary>
    /// <param name="beginning">The text; the model reads the end of it. May be empty: then a line begins.</param>
    /// <param name="length">How many characters to add; at least 0.</param>
    /// <param name="key">Determines the draws.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The characters, each when it is known.</returns>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public IEnumerable<string> After(string beginning, int length, RandomKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(beginning);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return Draw(beginning.Length == 0 ? "\n" : beginning, length, key, cancellationToken);
    }

    private IEnumerable<string> Draw(string beginning, int length, RandomKey key, CancellationToken cancellationToken)
    {
        RandomStream random = new(key.Derive("continuation"));
        List<int> ids = [.. _preparation.Ids(beginning)];
        double[] weights = new double[_preparation.Outputs];
        for (int i = 0; i < length; i++)
        {
            Probabilities(ids, weights, cancellationToken);
            int id = Choose(weights, random.NextDouble());
            ids.Add(id);
            yield return _preparation.Character(id);
        }
    }

    /// <summary>What the model says behind the last characters. The network judges every position by those before it, so that what stands behind does not matter.</summary>
    private void Probabilities(List<int> ids, double[] probabilities, CancellationToken cancellationToken)
    {
        int read = Math.Min(ids.Count, _preparation.Context);
        float[] window = new float[_preparation.Context];
        for (int t = 0; t < read; t++)
        {
            window[t] = ids[ids.Count - read + t];
        }

        float[] all = _network.Predict(Dataset.Regression(window, _preparation.Shape, [0]), cancellationToken);
        for (int id = 0; id < probabilities.Length; id++)
        {
            probabilities[id] = all[((read - 1) * probabilities.Length) + id];
        }
    }

    /// <summary>Draws one of the vocabulary's characters: with the number 0 the first, towards 1 the last.</summary>
    private int Choose(double[] weights, double number)
    {
        // p^(1/T) as e^(ln(p)/T), scaled so that the greatest is 1 and none is lost.
        weights[NextCharacterPreparation.Unknown] = 0;
        ElementaryFunctions.Log(weights, weights);
        double greatest = weights.Max();
        for (int id = 0; id < weights.Length; id++)
        {
            weights[id] = (weights[id] - greatest) / _temperature;
        }

        ElementaryFunctions.Exp(weights, weights);
        double left = number * weights.Sum();
        int last = _preparation.Vocabulary.Count;
        for (int id = 1; id < last; id++)
        {
            left -= weights[id];
            if (left < 0)
            {
                return id;
            }
        }

        return last;
    }
}
