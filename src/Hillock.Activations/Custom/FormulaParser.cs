using System.Globalization;
using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Custom;

/// <summary>
/// Reads a formula by recursive descent. Conditions (<c>a &gt; b ? c : d</c>) bind least, then sums, products, signs and powers; functions and parentheses
/// bind most. Capital letters do not matter.
/// </summary>
internal sealed class FormulaParser
{
    /// <summary>How long a formula may be; what is longer was not written by hand.</summary>
    public const int MaximumLength = 500;

    /// <summary>How deep parentheses, functions, conditions and signs may nest.</summary>
    public const int MaximumDepth = 50;

    private const int MaximumExponent = 64;

    private static readonly Dictionary<string, Operation> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["abs"] = Operation.Abs,
        ["sqrt"] = Operation.Sqrt,
        ["round"] = Operation.Round,
        ["sin"] = Operation.Sin,
        ["cos"] = Operation.Cos,
        ["sign"] = Operation.IfPositive,
        ["exp"] = Operation.Exp,
        ["expm1"] = Operation.ExpM1,
        ["log"] = Operation.Log,
        ["log1p"] = Operation.Log1P,
        ["tanh"] = Operation.Tanh,
        ["sigmoid"] = Operation.Sigmoid,
        ["softplus"] = Operation.SoftPlus,
        ["erf"] = Operation.Erf,
        ["erfc"] = Operation.Erfc,
        ["normal_cdf"] = Operation.NormalCdf,
        ["max"] = Operation.Max,
        ["min"] = Operation.Min,
    };

    private readonly string _text;
    private readonly int _start;
    private int _position;
    private readonly List<(string Name, int Position)> _parameters = [];
    private int _depth;

    /// <summary>A parser of the formula that starts at a place in a text.</summary>
    public FormulaParser(string text, int start)
    {
        _text = text;
        _start = start;
        _position = start;
    }

    /// <summary>Where reading stopped.</summary>
    public int Position => _position;

    /// <summary>The formula.</summary>
    public FormulaGraph Graph { get; } = new();

    /// <summary>The names that are neither x nor a constant, in the order of their first appearance, and where that is.</summary>
    public IReadOnlyList<(string Name, int Position)> Parameters => _parameters;

    /// <summary>Whether a name means something in every formula, so that no parameter can have it.</summary>
    public static bool IsReserved(string name) => Functions.ContainsKey(name) || IsConstant(name);

    /// <summary>Reads as far as the formula goes.</summary>
    /// <exception cref="FormatException">It is no formula; the message is one line and names the character.</exception>
    public void Read()
    {
        Graph.Root = Conditional();
        SkipSpace();
        if (_position < _text.Length && _text[_position] is not (',' or '}'))
        {
            throw Wrong(
                IsNameCharacter(_text[_position]) || _text[_position] == '(' ? $"an operator such as * is missing before '{Quoted()}'" :
                _text[_position] == ')' ? "a closing parenthesis has no opening one" : $"unexpected '{Quoted()}'",
                _position);
        }

        if (!Graph.Reached().Zip(Graph.Nodes).Any(n => n.First && n.Second.Operation == Operation.Variable))
        {
            throw Wrong("the formula does not depend on x", _start);
        }
    }

    /// <summary>An error with the place where it was found; characters count from 1.</summary>
    public FormatException Wrong(string what, int where, string hint = "") =>
        new($"{what} at character {where + 1}{hint} (in '{ActivationReader.Shorten(_text)}')");

    private int Conditional()
    {
        Descend();
        int start = _position;
        int left = Sum();
        SkipSpace();
        char comparison = Peek();
        if (comparison is '>' or '<')
        {
            _position++;
            bool orEqual = TryTake('=');
            int right = Sum();
            Expect('?', "a comparison needs its two values: x > 0 ? x : 0; '?' is expected");
            int whenTrue = Conditional();
            Expect(':', "':' and the other value are expected");
            int otherwise = Conditional();

            // a ≥ b is not b > a.
            bool exchanged = comparison == '<' != orEqual;
            int difference = exchanged ? Add(start, Operation.Subtract, right, left) : Add(start, Operation.Subtract, left, right);
            left = orEqual
                ? Add(start, Operation.IfPositive, difference, otherwise, whenTrue)
                : Add(start, Operation.IfPositive, difference, whenTrue, otherwise);
        }
        else if (comparison == '=' && _position + 1 < _text.Length && _text[_position + 1] == '=')
        {
            throw Wrong("'==' is unexpected", _position, "; only >, <, >= and <= compare");
        }

        _depth--;
        return left;
    }

    private int Sum()
    {
        SkipSpace();
        int start = _position;
        int left = Product();
        while (true)
        {
            if (TryTake('+'))
            {
                left = Add(start, Operation.Add, left, Product());
            }
            else if (TryTake('-'))
            {
                left = Add(start, Operation.Subtract, left, Product());
            }
            else
            {
                return left;
            }
        }
    }

    private int Product()
    {
        SkipSpace();
        int start = _position;
        int left = Signed();
        while (true)
        {
            if (TryTake('*'))
            {
                if (Peek() == '*')
                {
                    throw Wrong("'**' is unexpected", _position - 1, "; a power is written x^2");
                }

                left = Add(start, Operation.Multiply, left, Signed());
            }
            else if (TryTake('/'))
            {
                left = Add(start, Operation.Divide, left, Signed());
            }
            else
            {
                return left;
            }
        }
    }

    private int Signed()
    {
        SkipSpace();
        int start = _position;
        if (TryTake('-'))
        {
            Descend();
            int negated = Add(start, Operation.Negate, Signed());
            _depth--;
            return negated;
        }

        return Power();
    }

    private int Power()
    {
        int start = _position;
        int operand = Atom();
        if (!TryTake('^'))
        {
            return operand;
        }

        SkipSpace();
        int exponentStart = _position;
        bool negative = TryTake('-');
        string digits = ReadWhile(char.IsAsciiDigit);
        bool whole = digits.Length > 0 && (_position == _text.Length || (!IsNameCharacter(_text[_position]) && _text[_position] is not '.'));
        if (!whole || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int exponent) || exponent > MaximumExponent)
        {
            throw Wrong($"a whole exponent from -{MaximumExponent} to {MaximumExponent} is expected", exponentStart);
        }

        if (TryTake('^'))
        {
            throw Wrong("a power of a power needs parentheses; '^' is unexpected", _position - 1);
        }

        return Finite(start, Graph.Power(operand, negative ? -exponent : exponent));
    }

    private int Atom()
    {
        SkipSpace();
        if (_position - _start > MaximumLength)
        {
            throw Wrong($"a formula may have at most {MaximumLength} characters, and a longer one starts", _start);
        }

        int start = _position;
        char next = Peek();
        if (char.IsAsciiDigit(next) || next == '.')
        {
            return Number();
        }

        if (TryTake('('))
        {
            int inner = Conditional();
            Expect(')', "a closing parenthesis or an operator is expected");
            return inner;
        }

        string name = ReadWhile(IsNameCharacter);
        if (name.Length == 0)
        {
            throw _position == _text.Length
                ? Wrong("a number, x, a parameter, a function or a parenthesis is missing", start)
                : Wrong($"a number, x, a parameter, a function or a parenthesis is expected, not '{Quoted()}'", start);
        }

        SkipSpace();
        return Peek() == '(' && !IsConstant(name) ? Function(name, start) : Named(name, start);
    }

    private int Named(string name, int start)
    {
        switch (name.ToLowerInvariant())
        {
            case "x":
                return Graph.Variable();
            case "pi":
                return Graph.Number(Math.PI);
            case "e":
                return Graph.Number(Math.E);
        }

        if (Functions.ContainsKey(name))
        {
            throw Wrong($"the function {name} needs an argument in parentheses", start);
        }

        int index = _parameters.FindIndex(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            index = _parameters.Count;
            _parameters.Add((name, start));
            if (index == ActivationArguments<float>.MaximumCount)
            {
                throw Wrong($"a formula has at most {index} parameters, and '{ActivationReader.Shorten(name)}' is one more", start);
            }
        }

        return Graph.Parameter(index);
    }

    private int Function(string name, int start)
    {
        if (!Functions.TryGetValue(name, out Operation operation))
        {
            string? nearest = NearestName.Find(name, Functions.Keys);
            throw Wrong(
                $"unknown function '{ActivationReader.Shorten(name)}'",
                start,
                nearest is null ? $"; known are {string.Join(", ", Functions.Keys)}" : $"; did you mean '{nearest}'?");
        }

        Expect('(', "an opening parenthesis is expected");
        int a = Conditional();
        if (operation is not (Operation.Max or Operation.Min))
        {
            Expect(')', $"{name} has one argument; a closing parenthesis or an operator is expected");
            return operation == Operation.IfPositive ? Sign(start, a) : Add(start, operation, a);
        }

        Expect(',', $"{name} has two arguments; a comma is expected");
        int b = Conditional();
        Expect(')', $"{name} has two arguments; a closing parenthesis or an operator is expected");
        return Add(start, operation, a, b);
    }

    private int Sign(int start, int a)
    {
        int ofNegative = Add(start, Operation.IfPositive, Add(start, Operation.Negate, a), Graph.Number(-1), Graph.Number(0));
        return Add(start, Operation.IfPositive, a, Graph.Number(1), ofNegative);
    }

    private int Number()
    {
        int start = _position;
        ReadWhile(c => char.IsAsciiDigit(c) || c == '.');

        // An exponent, unless the e is a name of its own.
        int mantissaEnd = _position;
        if (Peek() is 'e' or 'E')
        {
            _position++;
            if (Peek() is '+' or '-')
            {
                _position++;
            }

            if (ReadWhile(char.IsAsciiDigit).Length == 0)
            {
                _position = mantissaEnd;
            }
        }

        string digits = _text[start.._position];
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value)
            ? Finite(start, Graph.Number(value))
            : throw Wrong($"'{ActivationReader.Shorten(digits)}' is no number", start);
    }

    private int Add(int start, Operation operation, int a, int b = -1, int c = -1) => Finite(start, Graph.Add(operation, a, b, c));

    private int Finite(int start, int node) => Graph.NumberAt(node) is { } value && !double.IsFinite(value)
        ? throw Wrong("the numbers give no finite result in what starts", start)
        : node;

    private void Descend()
    {
        SkipSpace();
        if (++_depth > MaximumDepth)
        {
            throw Wrong($"the formula is nested deeper than {MaximumDepth}", _position);
        }
    }

    private void Expect(char expected, string what)
    {
        if (!TryTake(expected))
        {
            throw Wrong(_position == _text.Length ? $"{what}, and the text ends" : $"{what}, not '{Quoted()}'", _position);
        }
    }

    private bool TryTake(char expected)
    {
        SkipSpace();
        if (Peek() != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    // A character that stands for the end and for nothing that a formula may hold.
    private char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private string Quoted() => ActivationReader.Shorten(_text.Substring(_position, 1));

    private string ReadWhile(Func<char, bool> belongs)
    {
        int start = _position;
        while (_position < _text.Length && belongs(_text[_position]))
        {
            _position++;
        }

        return _text[start.._position];
    }

    private void SkipSpace() => ReadWhile(char.IsWhiteSpace);

    private static bool IsConstant(string name) => name.ToLowerInvariant() is "x" or "pi" or "e";

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
