using System.Runtime.InteropServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Rows;

namespace Hillock.Activations.Kernels;

/// <summary>What every kernel asks of the spans it is given. Complaints name them as <see cref="ActivationDefinition"/> names its parameters.</summary>
internal static class SpanChecks
{
    private const string Output = "output";
    private const string OutputGradient = "outputGradient";
    private const string InputGradient = "inputGradient";
    private const string Contributed = "contributions";

    /// <summary>What a pass writes is called.</summary>
    public static string ResultOf(Pass pass) => pass switch
    {
        Pass.Forward => Output,
        Pass.Backward => InputGradient,
        _ => Contributed,
    };

    /// <summary>What a pass over gated units writes is called.</summary>
    public static string ResultOf(GatedPass pass) => pass switch
    {
        GatedPass.Forward => Output,
        GatedPass.Backward => InputGradient,
        _ => Contributed,
    };

    /// <summary>Both spans are equally long.</summary>
    public static void SameLength<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> other, string name)
    {
        if (other.Length != input.Length)
        {
            throw new ArgumentException($"{name} has {other.Length} elements; it must have as many as the input, {input.Length}", name);
        }
    }

    /// <summary>The spans start together or share nothing.</summary>
    public static void SameStartOrDisjoint<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> result, string name) => Shared(input, result, sameStart: true, "input", name);

    /// <summary>The span holds whole rows.</summary>
    /// <returns>How many.</returns>
    private static int CountRows<T>(ReadOnlySpan<T> input, int rowLength)
    {
        if (rowLength <= 0 ? !input.IsEmpty : input.Length % rowLength != 0)
        {
            throw new ArgumentException($"{input.Length} elements are no whole number of rows of {rowLength}", nameof(rowLength));
        }

        return rowLength == 0 ? 0 : input.Length / rowLength;
    }

    /// <summary>The operands of a pass over rows are whole rows, as many in each, and share memory only where rows are equally long and start together.</summary>
    /// <returns>The number of rows.</returns>
    public static int Rows<T>(bool backward, ReadOnlySpan<T> input, ReadOnlySpan<T> gradient, ReadOnlySpan<T> result, int rowLength, int outputLength)
    {
        // A gradient by the inputs from the outputs, for which both are equally long, is checked as one from the inputs.
        int rows = CountRows(input, rowLength);
        long outputs = (long)rows * outputLength;
        bool keepsLength = rowLength == outputLength;
        if (!backward)
        {
            Length(result, outputs, Output, "the outputs");
            Shared(input, result, keepsLength, "input", Output);
            return rows;
        }

        Length(gradient, outputs, OutputGradient, "the outputs");
        Length(result, input.Length, InputGradient, "the inputs");
        Shared(input, result, true, "input", InputGradient);
        Shared(gradient, result, keepsLength, "gradient", InputGradient);
        return rows;
    }

    /// <summary>The operands of the gradient by a parameter over rows: as many gradients and contributions as outputs.</summary>
    /// <returns>The number of rows.</returns>
    public static int Contributions<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> gradient, ReadOnlySpan<T> contributions, int rowLength, int outputLength)
    {
        int rows = CountRows(input, rowLength);
        long outputs = (long)rows * outputLength;
        Length(contributions, outputs, Contributed, "the outputs");
        Length(gradient, outputs, OutputGradient, "the outputs");
        Shared(input, contributions, rowLength == outputLength, "input", Contributed);
        Shared(gradient, contributions, true, "gradient", Contributed);
        return rows;
    }

    /// <summary>There are as many parameters as the function has, each of one value.</summary>
    public static void Single<T>(in ActivationArguments<T> arguments, int count, string function)
        where T : struct => Arguments(arguments, count, function, 1, default, Output);

    private static void Length<T>(ReadOnlySpan<T> values, long expected, string name, string of)
    {
        if (values.Length != expected)
        {
            throw new ArgumentException($"{name} has {values.Length} elements; it must have as many as {of}, {expected}", name);
        }
    }

    private static void Shared<T>(ReadOnlySpan<T> operand, ReadOnlySpan<T> result, bool sameStart, string name, string resultName)
    {
        if (operand.Overlaps(result, out int offset) && !(sameStart && offset == 0))
        {
            throw new ArgumentException(
                $"{resultName} overlaps the {name} by an offset of {offset}; it must {(sameStart ? "start with it or " : "")}lie apart from it", resultName);
        }
    }

    /// <summary>The operands of a pass are equally long and, where they share memory, start together.</summary>
    public static void Operands<T>(Pass pass, ReadOnlySpan<T> input, ReadOnlySpan<T> gradient, ReadOnlySpan<T> result)
    {
        string name = ResultOf(pass);
        SameLength(input, result, name);
        SameStartOrDisjoint(input, result, name);
        if (pass != Pass.Forward)
        {
            SameLength(input, gradient, OutputGradient);
            Shared(gradient, result, sameStart: true, "gradient", name);
        }
    }

    /// <summary>Gradients of outputs and of inputs are equally long and, where they share memory, start together.</summary>
    public static void Gradients<T>(ReadOnlySpan<T> outputGradient, ReadOnlySpan<T> inputGradient)
    {
        Length(inputGradient, outputGradient.Length, InputGradient, "the gradients of the outputs");
        Shared(outputGradient, inputGradient, sameStart: true, "gradient", InputGradient);
    }

    /// <summary>A mask has a word for every sixteen elements and lies apart from them.</summary>
    public static void Mask<T>(ReadOnlySpan<uint> mask, ReadOnlySpan<T> elements, string name)
        where T : unmanaged
    {
        int words = SlopeMask.Words(elements.Length);
        if (mask.Length != words)
        {
            throw new ArgumentException($"the mask has {mask.Length} words; {elements.Length} elements need {words}", nameof(mask));
        }

        if (MemoryMarshal.AsBytes(mask).Overlaps(MemoryMarshal.AsBytes(elements)))
        {
            throw new ArgumentException($"the mask overlaps {name}; it must lie apart from it", nameof(mask));
        }
    }

    /// <summary>There are as many parameters as the function has, each of one value or one for each element, which may start with the result or lie apart from it.</summary>
    public static void Arguments<T>(in ActivationArguments<T> arguments, int count, string function, int length, ReadOnlySpan<T> result, string resultName)
        where T : struct
    {
        int given = arguments.CountGiven();
        for (int i = 0; i < Math.Max(count, given); i++)
        {
            Argument(arguments[i], i, count, function, length, result, resultName);
        }
    }

    /// <summary>Gradients are asked for by parameters that there are, each as a sum or for each output, and lie apart from each other and from what the pass reads and writes.</summary>
    /// <returns>One more than the index of the last parameter whose gradient is asked for.</returns>
    public static int ParameterGradients<T>(
        in ParameterGradients<T> parameterGradients, ActivationFacts facts, ReadOnlySpan<T> input, ReadOnlySpan<T> outputGradient, ReadOnlySpan<T> inputGradient)
        where T : struct
    {
        int count = parameterGradients.CountGiven();
        for (int i = 0; i < count; i++)
        {
            Span<T> target = parameterGradients[i];
            bool expected = i < facts.Parameters.Count;
            if (!target.IsEmpty && (!expected || (target.Length != 1 && target.Length != outputGradient.Length)))
            {
                string allowed = !expected ? "none" : $"0 for none, 1 for the sum, or {outputGradient.Length}";
                throw new ArgumentException($"{nameof(parameterGradients)} have {target.Length} values for parameter {i + 1} of {facts.Name}; allowed: {allowed}", nameof(parameterGradients));
            }

            Shared(input, target, sameStart: false, "input", nameof(parameterGradients));
            Shared(outputGradient, target, sameStart: false, "gradient", nameof(parameterGradients));
            Shared(inputGradient, target, sameStart: false, InputGradient, nameof(parameterGradients));
            for (int j = 0; j < i; j++)
            {
                Shared(parameterGradients[j], target, sameStart: false, "gradient by another parameter", nameof(parameterGradients));
            }
        }

        return count;
    }

    private static void Argument<T>(ReadOnlySpan<T> values, int index, int count, string function, int length, ReadOnlySpan<T> result, string resultName)
    {
        bool expected = index < count;
        if (expected ? values.Length != 1 && values.Length != length : !values.IsEmpty)
        {
            string allowed = !expected ? "none" : length == 1 ? "1" : $"1 or {length}";
            throw new ArgumentException($"parameter {index + 1} of {function} has {values.Length} values; allowed: {allowed}", nameof(values));
        }

        if (values.Length > 1)
        {
            Shared(values, result, sameStart: true, "values of a parameter", resultName);
        }
    }
}
