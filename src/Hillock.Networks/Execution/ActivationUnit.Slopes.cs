using Hillock.Activations;
using Hillock.Activations.Catalogue;

namespace Hillock.Networks.Execution;

/// <content>What those see who look at a network: the slopes of the last forward pass, piece by piece.</content>
internal sealed unsafe partial class ActivationUnit
{
    /// <summary>The floats of the largest piece that <see cref="Slopes"/> computes.</summary>
    public int SlopePiece => _chunks.Size;

    /// <summary>The pieces into which the slopes of the last forward pass are cut.</summary>
    public int SlopePieces => _chunks.Count(_pass.Rows);

    /// <summary>Computes the slopes of a piece of the last forward pass, of a function of single numbers.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="ones">As many ones as the largest piece is long.</param>
    /// <param name="slopes">Receives the slopes; at least as long.</param>
    /// <returns>The slopes of the piece: whole positions, padding included (<see cref="NextReal"/>), the channels running fastest.</returns>
    public Span<float> Slopes(int piece, ReadOnlySpan<float> ones, Span<float> slopes)
    {
        Piece place = PieceOf(piece);
        Span<float> result = slopes[..place.InputLength];
        Backward(place, ones[..place.OutputLength], result);
        return result;
    }

    /// <summary>Finds the real positions that lie beside each other in a piece of the last forward pass.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="from">The first position to look at, counted from the first of the piece; moves behind those that were found.</param>
    /// <param name="first">The first that was found, counted likewise.</param>
    /// <param name="count">How many were found; at least one.</param>
    /// <param name="rows">How many samples of the batch are looked at, from the first on.</param>
    /// <returns>Whether any was found.</returns>
    public bool NextReal(int piece, ref int from, out int first, out int count, int rows = int.MaxValue)
    {
        long start = _chunks.First(piece);
        long at = start + from;
        long end = start + _chunks.PositionsOf(piece, Math.Min(rows, _pass.Rows));
        bool found = SequenceLengths.NextReal(Input.Lengths, _chunks.Positions, ref at, end, out long place, out count);
        from = (int)(at - start);
        first = (int)(place - start);
        return found;
    }

    /// <summary>Whether all channels have the same parameters, for all samples.</summary>
    public bool SharesParameters => Array.TrueForAll(_channels, values => values is null) && !(_pass.Training && Array.Exists(_draws, draws => draws is not null));

    /// <summary>Computes the slopes of some channels in a piece of the last forward pass; of a function of single numbers that <see cref="SharesParameters"/>.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="ones">As many ones as the largest piece is long.</param>
    /// <param name="values">As much room; what it holds does not matter.</param>
    /// <param name="slopes">As much room again.</param>
    /// <returns>The slopes of the piece, in one of the rooms: of one real position after the other those of the channels.</returns>
    public ReadOnlySpan<float> SlopesOf(int piece, ReadOnlySpan<int> channels, ReadOnlySpan<float> ones, Span<float> values, Span<float> slopes)
    {
        if (_mask != null)
        {
            return values[..Gather(piece, channels, Slopes(piece, ones, slopes), values)];
        }

        Piece place = PieceOf(piece);
        int count = Gather(piece, channels, (_fromOutput ? Output : Input).Data.Slice(place.Input, place.InputLength), values);
        values = values[..count];
        slopes = slopes[..count];
        ActivationArguments<float> arguments = Arguments(place.Output, count);
        if (_fromOutput)
        {
            _definition.BackwardFromOutput(values, ones[..count], slopes, channels.Length, arguments);
        }
        else
        {
            _definition.Backward(values, ones[..count], slopes, channels.Length, arguments);
        }

        return slopes;
    }

    /// <summary>Takes some channels of the real positions of a piece.</summary>
    /// <returns>How many numbers they have.</returns>
    private int Gather(int piece, ReadOnlySpan<int> channels, ReadOnlySpan<float> all, Span<float> values)
    {
        int count = 0;
        int from = 0;
        while (NextReal(piece, ref from, out int first, out int positions))
        {
            ReadOnlySpan<float> known = all.Slice(first * _chunks.Channels, positions * _chunks.Channels);
            for (; !known.IsEmpty; known = known[_chunks.Channels..])
            {
                foreach (int channel in channels)
                {
                    values[count++] = known[channel];
                }
            }
        }

        return count;
    }
}
